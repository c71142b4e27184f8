"""The page, with the tea house of the examples."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from siyu_saas.web.routes import open_to

gallery = Blueprint("gallery", __name__)


@gallery.get("/dev/ui")
@open_to("everyone")
def show():
    """Its examples are read when asked for: no start of the product waits for them."""
    from siyu_saas.web.charts.examples import examples
    from siyu_saas.web.gallery import home, shell
    from siyu_saas.web.gallery.forms import FILLED, MerchantForm, faulty_form

    look = request.args.get("theme", "light")
    return render_template(
        "dev/ui.html",
        theme=look if look in ("light", "dark", "auto") else "light",
        stages=home.STAGES,
        theirs=home.THEIRS,
        ours=home.OURS,
        targets=home.targets(),
        plan=home.plan(),
        feed=home.FEED,
        lanes=shell.LANES,
        jobs=shell.JOBS,
        page=shell.PageOfMany(),
        filled=MerchantForm(data=FILLED),
        faulty=faulty_form(),
        charts=examples(),
        **shell.SHELL,
    )
