"""Mails through a real SMTP server: plain, with a password over TLS, and refusals that are tried again."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from siyu_saas.config import BadSetting, Settings, read_settings
from siyu_saas.core import mail
from siyu_saas.core.clock import now
from siyu_saas.core.errors import Unavailable
from tests.support.mailbox import HOST, Mailbox, serving


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(secret_key="mail-" * 10, instance_dir=tmp_path, mail_from="no-reply@siyu.example")


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory):
    """For 127.0.0.1, signed by itself: the paths of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    from ipaddress import ip_address

    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def letter(settings: Settings):
    return mail.message(
        settings,
        to="周明远 <boss@tea.example>",
        subject="重设登录密码",
        lines=["你好：", "https://siyu.example/x?a=1&b=2", "<b>"],
    )


def send(settings: Settings) -> None:
    mail.send(settings, letter(settings), begin=lambda: None)


def test_a_mail_arrives_as_it_was_written(settings):
    with serving(Mailbox()) as box:
        send(replace(settings, smtp_url=box.url))

    (got,) = box.mails
    assert (got["Subject"], got["To"]) == ("重设登录密码", "周明远 <boss@tea.example>")
    assert got["From"] == "私域同行 <no-reply@siyu.example>"
    assert got["Message-ID"].endswith("@siyu.example>")
    assert "https://siyu.example/x?a=1&b=2" in got.get_body(("plain",)).get_content()
    html = got.get_body(("html",)).get_content()
    assert '<a href="https://siyu.example/x?a=1&amp;b=2">' in html
    assert "&lt;b&gt;" in html


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_over_tls_it_signs_in_and_trusts_only_a_known_certificate(settings, own_certificate, monkeypatch, scheme):
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(*own_certificate)
    box = Mailbox()
    tls = {"ssl_context": secure} if scheme == "smtps" else {"tls_context": secure, "require_starttls": True}
    asked = {"authenticator": box.check, "auth_required": True, "auth_require_tls": scheme != "smtps"}
    with serving(box, **tls, **asked):
        address = box.url.replace("smtp://", f"{scheme}://siyu%40mail:p%40ss%3Aw%2Frd@")
        with pytest.raises(Unavailable):
            send(replace(settings, smtp_url=address))
        monkeypatch.setenv("SSL_CERT_FILE", str(own_certificate[0]))
        send(replace(settings, smtp_url=address))

    assert len(box.mails) == 1
    assert box.logins == [("siyu@mail", "p@ss:w/rd")]


def test_a_refusal_and_a_silent_port_are_reasons_to_try_again_later(settings):
    with serving(Mailbox()) as box:
        box.answer = "451 try later"
        with pytest.raises(Unavailable, match="稍后"):
            send(replace(settings, smtp_url=box.url))
    with pytest.raises(Unavailable):
        send(replace(settings, smtp_url=box.url))


@pytest.mark.parametrize(
    ("said", "raised"), [("550 no such user", mail.AddressRefused), ("450 greylisted", Unavailable)]
)
def test_an_address_that_nobody_has_is_told_from_one_that_is_busy(settings, said, raised):
    with serving(Mailbox()) as box:
        box.refusals["boss@tea.example"] = said
        with pytest.raises(raised):
            send(replace(settings, smtp_url=box.url))
    assert box.mails == []


def test_a_line_break_in_a_subject_or_an_address_adds_no_header(settings):
    for fields in ({"subject": "x\r\nBcc: evil@x.example"}, {"to": "a@b.example\nBcc: evil@x.example"}):
        with pytest.raises(ValueError):
            mail.message(settings, **{"to": "a@b.example", "subject": "x", "lines": [], **fields})


def test_without_a_server_mails_are_kept(settings):
    send(settings)
    (path,) = settings.outbox_dir.glob("*.eml")
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"] == "重设登录密码"


def test_an_address_of_another_kind_is_refused_at_the_start():
    with pytest.raises(BadSetting, match="SMTP_URL"):
        read_settings({"SMTP_URL": "http://mail.example", "SECRET_KEY": "x" * 40})
