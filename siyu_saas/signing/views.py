"""`/verify/<code>`: anybody may ask whether a printed document is genuine, and learns nothing more."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from siyu_saas.web.routes import open_to

from .forms import VerifyForm
from .genuine import genuine
from .rules import code_typed, grouped

verify = Blueprint("verify", __name__, url_prefix="/verify")


@verify.get("")
@open_to("everyone")
def ask():
    typed = request.args.get("code", "")
    if typed:
        return redirect(url_for(".answer", code=grouped(code_typed(typed) or "-")))
    return render_template("signing/verify.html", form=VerifyForm(formdata=None))


@verify.get("/<string:code>")
@open_to("everyone")
def answer(code: str):
    plain = code_typed(code)
    sentence = genuine(plain) if plain else None
    return render_template("signing/verified.html", sentence=sentence)
