"""Lines of text: prepared once for a style, shaped once for a line, and once for a word that a column repeats."""

from __future__ import annotations

from math import inf

from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from .replacing import as_it_was, replace, replace_method

WORD = 24
PARAGRAPHS = frozenset("\n\r\u2029")


def install() -> None:
    replace(line_break.split_first_line, split_first_line)
    replace_method(line_break.Layout, "setup", set_up)
    replace_method(line_break.Layout, "set_text", set_text)
    replace_method(line_break.Layout, "deactivate", lay_down)
    replace_method(line_break.Layout, "reactivate", take_up)


def split_first_line(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False):
    """A word that fits its column whole, as the same word in the row above did."""
    original = as_it_was["split_first_line"]
    if justification_spacing or len(text) > WORD:
        return original(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    try:
        known = style.known_words
    except AttributeError:
        known = style.known_words = {}
    key = text, max_width, is_line_start, minimum
    found = known.get(key)
    if found is None:
        found = original(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        layout, _length, resume_index, *_metrics = found
        if resume_index is None and hasattr(layout, "layout"):
            layout.stays = inf
            known[key] = found
    return found


def set_up(layout, style) -> None:
    """The context and the font of a style serve all its lines."""
    try:
        prepared = style.prepared_font
    except AttributeError:
        prepared = style.prepared_font = _prepared_font(style)
    if prepared is None:
        as_it_was["setup"](layout, style)
        return
    context, description, layout.language = prepared
    layout.style = style
    layout.first_line_direction = 0
    layout.layout = made = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(made, False)
    pango.pango_layout_set_font_description(made, description)
    layout.ascent = None
    layout.underline_position = layout.strikethrough_position = None
    layout.underline_thickness = layout.strikethrough_thickness = None


def set_text(layout, text, justify=False) -> None:
    """One paragraph is measured in the mode that it will be drawn in, and then need not be shaped again."""
    simple = not layout.justification_spacing and PARAGRAPHS.isdisjoint(text)
    layout.stays = int(simple)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, simple)
    as_it_was["set_text"](layout, text, justify)


def lay_down(layout) -> None:
    """The glyphs stay between measuring and drawing; those of shared words stay for good."""
    if layout.stays:
        layout.stays -= 1
    else:
        as_it_was["deactivate"](layout)


def take_up(layout, style) -> None:
    if not hasattr(layout, "layout"):
        as_it_was["reactivate"](layout, style)
        layout.stays = 0


def _prepared_font(style):
    if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal" or not style["lang"]:
        return None
    if font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    ):
        return None
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    pointer, _kept = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, language)
    return context, get_font_description(style), language
