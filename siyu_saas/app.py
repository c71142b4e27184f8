"""`create_app(settings)`: puts the rooms together. Nothing is made at import."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from .accounts import jobs as _account_jobs  # noqa: F401  (registers)
from .accounts import views as accounts
from .accounts.rules import login_typed
from .aftercare import succession as _aftercare_succession  # noqa: F401  (registers)
from .aftercare import tellers as _aftercare_tellers  # noqa: F401  (registers)
from .aftercare import views as aftercare
from .charter import views as charter
from .config import ROOT, Settings, read_settings
from .core.database import db, engine_options, init_database
from .core.files.storage import storage_from
from .core.queue import Outbox
from .core.services import Services, offer
from .demo import views as demo
from .diagnosis import arrivals as _diagnosis_arrivals  # noqa: F401  (registers)
from .diagnosis import gates as _diagnosis_gates  # noqa: F401  (registers)
from .diagnosis import subject as _diagnosis_subject  # noqa: F401  (registers)
from .diagnosis import tellers as _diagnosis_tellers  # noqa: F401  (registers)
from .diagnosis import views as diagnosis
from .guidance import holds as _guidance_holds  # noqa: F401  (registers)
from .guidance import subject as _items_as_subjects  # noqa: F401  (registers)
from .guidance import succession as _guidance_succession  # noqa: F401  (registers)
from .guidance import tellers as _guidance_tellers  # noqa: F401  (registers)
from .guidance import views as guidance
from .guidance import waiting as _guidance_waiting  # noqa: F401  (registers)
from .library import views as library_pages
from .metrics import jobs as _metric_jobs  # noqa: F401  (registers)
from .metrics import models as _metric_tables  # noqa: F401  (registers)
from .metrics import views as metrics
from .notices import jobs as _notice_jobs  # noqa: F401  (registers)
from .notices import tellers as _notice_tellers  # noqa: F401  (registers)
from .notices import views as notices
from .notices.views.choices import stopped as stopped_from_a_mail
from .overview import jobs as _overview_jobs  # noqa: F401  (registers)
from .overview import views as overview
from .overview.history import history
from .packs.library import library
from .papers import jobs as _paper_jobs  # noqa: F401  (registers)
from .papers import views as papers
from .plan import days as _plan_days  # noqa: F401  (registers)
from .plan import jobs as _plan_jobs  # noqa: F401  (registers)
from .plan import pauses as _plan_pauses  # noqa: F401  (registers)
from .plan import subject as _talk_of_tasks  # noqa: F401  (registers)
from .plan import succession as _plan_succession  # noqa: F401  (registers)
from .plan import tellers as _plan_tellers  # noqa: F401  (registers)
from .plan import views as plan
from .plan import waiting as _plan_waiting  # noqa: F401  (registers)
from .plan import work as _plan_work  # noqa: F401  (registers)
from .reports import jobs as _report_jobs  # noqa: F401  (registers)
from .reports import tellers as _report_tellers  # noqa: F401  (registers)
from .reports import views as reports
from .signing import tellers as _signing_tellers  # noqa: F401  (registers)
from .signing import views as signing
from .talk import engagement as _talk_of_engagements  # noqa: F401  (registers)
from .talk import tellers as _talk_tellers  # noqa: F401  (registers)
from .talk import views as talk
from .targets import kind as _target_kind  # noqa: F401  (registers)
from .targets import subject as _targets_as_subjects  # noqa: F401  (registers)
from .targets import tellers as _target_tellers  # noqa: F401  (registers)
from .targets import views as targets
from .targets import waiting as _target_waiting  # noqa: F401  (registers)
from .tenants import views as tenants
from .tenants import workspace
from .web import assets, errors, filters, gallery, headers, health, icons, limits, logs, words
from .web.compiled import CompiledTemplates
from .web.layout import init_layout
from .web.routes import SlugConverter
from .web.transaction import App

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT_MB = 55
FORM_LIMIT_MB = 2
FORM_PARTS = 2_000


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or read_settings()
    library()  # a broken pack stops the app here, with file, line, key and reason
    app = App(
        "siyu_saas", root_path=str(ROOT / "siyu_saas"), static_folder=None, template_folder=str(ROOT / "templates")
    )
    configure(app, settings)
    init_core(app, settings)
    init_web(app, settings)
    for blueprint in (
        accounts.sign_in,
        accounts.account,
        overview.overview,
        history,
        tenants.workspace,
        tenants.firm,
        tenants.founding,
        tenants.join,
        notices.notices,
        notices.channels_pages,
        notices.calendar,
        signing.verify,
        papers.papers,
        papers.verify_file,
        aftercare.aftercare,
        aftercare.survey,
        reports.reports,
        reports.shared,
        charter.charter,
        library_pages.playbook,
        guidance.guidance,
        guidance.reviewing,
        library_pages.questionnaire_pages,
        targets.targets,
        diagnosis.diagnosis,
        diagnosis.front,
        targets.front,
        talk.talk,
        metrics.data,
        plan.plan,
        plan.front,
        plan.firm_shelf,
        metrics.baselines,
        metrics.calculators,
        metrics.comparison,
        demo.demo,
    ):
        app.register_blueprint(blueprint)
    if not settings.production:
        app.register_blueprint(gallery.gallery)
    if settings.private:
        app.register_blueprint(accounts.outbox)
    return app


def configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT_MB * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT_MB * MEGABYTE,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME="__Host-siyu" if settings.secure else "siyu",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.secure,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json"],
        RATELIMIT_STORAGE_URI=limits.storage_address(settings.redis),
    )
    if settings.database.startswith("postgresql"):
        portfolio = {"url": settings.database, **engine_options(settings.database), "pool_size": 2}
        app.config["SQLALCHEMY_BINDS"] = {"portfolio": portfolio}
    compiled = settings.instance_dir / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    app.jinja_options = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": CompiledTemplates(str(compiled)),
    }
    app.json.ensure_ascii = False


def init_core(app: Flask, settings: Settings) -> None:
    logs.configure_logs(settings.log_format or ("json" if settings.production else "console"))
    init_database(app)
    with app.app_context():
        offer(db.engine, Services(settings, Outbox(settings.redis), storage_from(settings)))


def init_web(app: Flask, settings: Settings) -> None:
    """Order matters: number and log, count (also forged forms), check the form's token, then open the door."""
    app.url_map.converters["slug"] = SlugConverter
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)
    logs.init_logs(app)
    headers.init_headers(app, secure=settings.secure)
    Compress(app)
    words.init_words(app)
    errors.init_errors(app)
    accounts.init_login(app)
    limits.init_limits(
        app,
        accounts.sign_in,
        login=login_typed,
        attempts=settings.sign_in_attempts,
        processes=settings.web_workers,
    )
    CSRFProtect(app).exempt(stopped_from_a_mail)
    tenants.first_run.init_first_run(app)
    workspace.init_workspace(app)
    health.init_health(app)
    assets.init_assets(app)
    icons.init_icons(app)
    filters.init_filters(app)
    init_layout(app, settings)
