"""The frame of every page."""

from __future__ import annotations

import re


def test_a_phone_reaches_all_that_the_rail_holds(site, dress_shop):
    html = site.get("overview.workspace", tenant=dress_shop.slug).text
    rail, _, bar = html.partition('class="tab-bar"')
    nav = rail[rail.index('aria-label="主导航"') : rail.index("</nav>", rail.index('aria-label="主导航"'))]

    wanted = set(re.findall(r'href="(/[^"]*)"', nav))

    assert wanted
    assert wanted <= set(re.findall(r'href="(/[^"]*)"', bar))


def test_values_in_a_text_are_escaped_and_the_text_is_not(app):
    template = app.jinja_env.from_string('{{ _("<b>100%%</b> %(name)s", name="<i>") }}')

    assert template.render() == "<b>100%</b> &lt;i&gt;"
