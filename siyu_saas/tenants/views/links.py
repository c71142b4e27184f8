"""What an invitation looks like to people: its address, its code, and the text for the WeCom group."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from siyu_saas.core.services import services
from siyu_saas.core.tokens import code_of, sign
from siyu_saas.tenants.models import Invitation
from siyu_saas.tenants.rules.invitations import VALID_FOR

PURPOSE = "invitation"


def link_to(invitation: Invitation) -> str:
    settings = services().settings
    return settings.base_url.rstrip("/") + url_for("join.show", token=sign(settings.secret_key, PURPOSE, invitation.id))


def code_for(invitation: Invitation) -> str:
    return code_of(services().settings.secret_key, PURPOSE, invitation.id)


def text_to_paste(invitation: Invitation, merchant: str) -> str:
    who = invitation.for_whom or invitation.role.title
    hours = int(VALID_FOR.total_seconds() // 3600)
    return _(
        "【%(merchant)s】私域陪跑工作区已建好，请%(who)s打开下面的链接进入，不用注册、不用密码，%(hours)s 小时内有效：\n%(link)s",
        merchant=merchant,
        who=who,
        hours=hours,
        link=link_to(invitation),
    )


def text_for_colleague(invitation: Invitation, firm: str) -> str:
    hours = int(VALID_FOR.total_seconds() // 3600)
    return _(
        "【%(firm)s】请%(who)s打开下面的链接加入团队（%(role)s），%(hours)s 小时内有效：\n%(link)s",
        firm=firm,
        who=invitation.for_whom or _("你"),
        role=invitation.role.title,
        hours=hours,
        link=link_to(invitation),
    )
