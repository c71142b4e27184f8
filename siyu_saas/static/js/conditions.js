// Which questions are asked, given the answers: the same rules as `diagnosis.rules.visibility`, kept equal by a test.
const UNKNOWN = 'u';
const NOT_APPLICABLE = 'n/a';
const NONE_OF_THESE = '-';
const NUMBERS = ['number', 'money', 'percent'];
const TEXTS = ['text', 'long_text'];
const TIMES = { '': 1, 千: 1e3, K: 1e3, 万: 1e4, W: 1e4, 亿: 1e8 };

const compared = (holds) => (value, limit) => typeof value === 'number' && holds(value, Number(limit));
const several = (holds) => (value, other) => Array.isArray(value) && holds(value, other);
const equal = (value, other) => (typeof value === 'number' ? value === Number(other) : value === other);

const OPERATORS = {
  eq: equal,
  ne: (value, other) => !equal(value, other),
  in: (value, others) => others.some((other) => equal(value, other)),
  lt: compared((ours, theirs) => ours < theirs),
  lte: compared((ours, theirs) => ours <= theirs),
  gt: compared((ours, theirs) => ours > theirs),
  gte: compared((ours, theirs) => ours >= theirs),
  contains: several((value, other) => value.includes(other)),
  contains_any: several((value, others) => others.some((other) => value.includes(other))),
  count_lt: several((value, limit) => value.length < limit),
  count_gte: several((value, limit) => value.length >= limit),
  answered: (_value, wanted) => Boolean(wanted),
};

/** `look` gives the known value of a question, null when there is none. */
export function holds(condition, look) {
  if (condition.all) return condition.all.every((one) => holds(one, look));
  if (condition.any) return condition.any.some((one) => holds(one, look));
  const { q, ...operation } = condition;
  const [[name, operand]] = Object.entries(operation);
  const value = look(q);
  if (name === 'missing') return (value === null) === Boolean(operand);
  return value !== null && OPERATORS[name](value, operand);
}

/** `questions`: {key, type, showIf} in order; `valueOf` gives an answer as it is saved. Returns the keys that are asked. */
export function visible(questions, valueOf) {
  const shown = new Map();
  const look = (name) => (shown.has(name) ? known(shown.get(name), valueOf(name)) : null);
  for (const { key, type, showIf } of questions) {
    if (!showIf || holds(showIf, look)) shown.set(key, type);
  }
  return new Set(shown.keys());
}

/** What the inputs of one question hold, as it would be saved. */
export function answer(type, texts) {
  const given = texts.map((text) => text.trim()).filter(Boolean);
  if (!given.length) return null;
  if (type === 'multi' || type === 'ranking') return given[0] === NONE_OF_THESE ? [] : special(given[0]) ? given[0] : given;
  return given[0];
}

function known(type, value) {
  if (value === null || value === undefined) return null;
  if (TEXTS.includes(type)) return value;
  if (value === NOT_APPLICABLE) return null;
  if (NUMBERS.includes(type) || type === 'scale') return value === UNKNOWN ? null : number(value);
  return value === UNKNOWN && type !== 'single' ? null : value;
}

function number(text) {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const typed = /^([+-]?)[¥￥]?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)([千万亿KW]?)[元%]?$/.exec(plain);
  return typed && Number((Number(typed[1] + typed[2].replaceAll(',', '')) * TIMES[typed[3]]).toPrecision(15));
}

const special = (text) => text === UNKNOWN || text === NOT_APPLICABLE;
