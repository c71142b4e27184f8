"""What is wrong with a draft, in Chinese, with the line of its YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from siyu_saas.packs.checks_of_questions import questionnaire_flaws
from siyu_saas.packs.errors import PackError
from siyu_saas.packs.reading import Loader, Misshapen, Place, line_of, name_of, parse

from .drafts import Definition, as_yaml, read

LONGEST_YAML = 200_000
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,38}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """`line` in the YAML text, None when it cannot be told; `question` or `section`: whose form mends it, at `place`."""

    line: int | None
    where: str
    says: str
    question: str | None = None
    section: str | None = None
    place: Place = ()


def proofread(text: str, metrics: Mapping[str, Any]) -> tuple[Definition | None, list[Flaw]]:
    """The definition behind a YAML text, or all that is wrong with it."""
    if len(text) > LONGEST_YAML:
        return None, [Flaw(None, "", f"太长了：最多 {LONGEST_YAML:,} 个字")]
    try:
        definition = parse(text, Path("YAML"))
        if _repeats(text):
            return None, [Flaw(None, "", "不支持锚点和引用（& 与 *），请把内容写全")]
    except PackError as error:
        return None, [Flaw(error.line, "", f"不是合法的 YAML：{error.reason.removeprefix('not readable as YAML: ')}")]
    except RecursionError:
        return None, [Flaw(None, "", "不是合法的 YAML，请检查缩进和引号")]
    flaws = flaws_of(definition, metrics, text=text)
    return (None, flaws) if flaws else (definition, [])


def flaws_of(definition: Definition, metrics: Mapping[str, Any], *, text: str | None = None) -> list[Flaw]:
    """All of them; the first only when the shape itself is broken. `text`: the YAML whose lines are told."""
    text = as_yaml(definition) if text is None else text
    try:
        questionnaire = read(definition)
    except Misshapen as error:
        return [_flaw(definition, text, error.place, error.reason)]
    found = [_flaw(definition, text, place, reason) for place, reason in questionnaire_flaws(questionnaire, metrics)]
    if not questionnaire.sections:
        found.append(_flaw(definition, text, ("sections",), "at least one question is expected"))
    for place, key in _keys(definition):
        if not KEY.fullmatch(key):
            found.append(_flaw(definition, text, place, "is no key"))
    return found


def in_chinese(reason: str) -> str:
    for pattern, said in SAID:
        if match := re.fullmatch(pattern, reason):
            return said.format(*match.groups())
    return reason


def _flaw(definition: Any, text: str, place: Place, reason: str) -> Flaw:
    found = Flaw(line_of(text, place), name_of(definition, place), in_chinese(reason))
    if len(place) < 2 or place[0] != "sections":
        return found
    try:
        section = definition["sections"][place[1]]
        if len(place) >= 4 and place[2] == "questions":
            return replace(found, question=section["questions"][place[3]]["key"], place=place[4:])
        return replace(found, section=section["key"], place=place[2:])
    except (KeyError, TypeError):
        return found


def _keys(definition: Definition):
    yield ("key",), definition["key"]
    for number, section in enumerate(definition["sections"]):
        for place, question in enumerate(section["questions"]):
            yield ("sections", number, "questions", place, "key"), question["key"]


def _repeats(text: str) -> bool:
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader))


SAID = (
    (r"is not known here", "这里没有这个字段"),
    (r"is missing", "缺这个字段"),
    (r"is there twice", "编号重复"),
    (r"is no key", "编号用英文字母开头，只含字母、数字和下划线，最长 39 个字符"),
    (r"a mapping is expected", "这里应是「字段: 内容」"),
    (r"a list is expected", "这里应是列表"),
    (r"a list of (\d+) is expected", "这里应正好有 {0} 项"),
    (r"text is expected, YAML reads (.+) here: put it in quotes", "这里应是文字，请给 {0} 加引号"),
    (r"text is expected", "这里应是文字"),
    (r"a whole number is expected|must be a whole number from 1", "这里应是整数"),
    (r"a number is expected", "这里应是数字"),
    (r"true or false is expected", "这里写 true 或 false"),
    (r"at least one question is expected", "至少要有一道题"),
    (r"at least two options are expected", "至少要有两个选项"),
    (r"(\w+) has no options", "{0} 这种题没有选项"),
    (r"(\w+) has no bands", "{0} 这种题没有分档"),
    (r"(\w+) has no scale", "{0} 这种题没有打分范围"),
    (r"(\w+) has no rows", "{0} 这种题没有行"),
    (r"(\w+) has no unit", "{0} 这种题没有单位"),
    (r"is expected|are expected", "这种题必须填这一项"),
    (r"(.+) is added to every question by itself", "{0} 会自动附加，请换一个编号"),
    (r"must lie between 0 and 100", "分数在 0 到 100 之间"),
    (r"must not be below 0", "不能小于 0"),
    (r"only the last band is open above", "只有最后一档可以没有上限"),
    (r"must begin where the band before ends", "要从上一档结束的地方开始"),
    (r"must be above gte", "上限要大于下限"),
    (r"must go up, by at most ten steps", "打分范围要从小到大，最多十级"),
    (r"is above max", "最小值大于最大值"),
    (r"what counts needs a score for every option or band", "计分的题，每个选项或分档都要有分"),
    (r"(\w+) is counted in (.+)", "{0} 的单位固定是{1}"),
    (r"there is no '(.+)' among the metrics", "没有「{0}」这个指标"),
    (r"only a number can become a metric", "只有数字题能成为指标"),
    (r"(.+) does not fit (\w+), which is counted in (.+)", "单位「{0}」与指标 {1} 的单位「{2}」不一致"),
    (r"(\w+) does not fit (\w+), which is (\w+)", "比较方式 {0} 不适合 {1}（{2}）"),
    (r"(\w+) comes later; conditions look back only", "条件只能引用前面的题，{0} 在后面"),
    (r"there is no question '(.+)'", "没有 {0} 这道题"),
    (r"(\w+) has no option (.+)", "{0} 没有选项 {1}"),
    (r"a question is shown by answers only \(q\)", "显示条件只能引用题目（q）"),
    (r"a condition is expected: .+|one subject and one operator are expected", "条件要写一个对象和一个比较方式"),
    (r"(.+) is no subject and no operator", "条件里不认识 {0}"),
    (r"(\w+) takes a list", "{0} 后面要写列表"),
    (r"(\w+) takes true or false", "{0} 后面写 true"),
    (r"(\w+) takes a number", "{0} 后面写数字"),
    (r"'(.*)' is not one of (.+)", "「{0}」不在可选范围：{1}"),
)
