// <target-slider data-scale>: thumb and exact field move together; verdict and meaning follow without a round trip.
// Whole numbers throughout (hundredths of a percent, fen), so that the script counts as the server does.
const RATES = 10_000;

class TargetSlider extends HTMLElement {
  connectedCallback() {
    this.scale = JSON.parse(this.dataset.scale);
    [this.thumb, this.field] = [this.querySelector('input[type=range]'), this.querySelector('[name=value]')];
    this.thumb.addEventListener('input', () => this.show(this.thumb.value, this.thumb));
    this.field.addEventListener('input', () => this.show(this.field.value.replace(/[,%％\s]/g, ''), this.field));
    this.thumb.addEventListener('keydown', (event) => this.leap(event));
  }

  leap(event) {
    const far = { PageUp: 5, PageDown: -5 }[event.key];
    if (!far) return;
    event.preventDefault();
    this.thumb.value = Number(this.thumb.value) + far * Number(this.thumb.step);
    this.show(this.thumb.value, this.thumb);
  }

  show(typed, from) {
    const value = Math.round(Number(typed) * this.scale.per);
    if (!Number.isFinite(value) || typed === '') return;
    if (from !== this.thumb) this.thumb.value = typed;
    if (from !== this.field) this.field.value = typed;
    const told = this.text(value);
    this.querySelector('output').textContent = told;
    const words = [this.gain(value), this.scale.words[this.place(value)]].filter(Boolean).join('，');
    this.querySelector('[data-verdict]').textContent = words;
    this.thumb.setAttribute('aria-valuetext', `${told}，${words}`);
    if (this.scale.chain) this.retell(value);
  }

  gain(value) {
    const { base } = this.scale;
    if (!base || base <= 0) return '';
    const percent = Math.round((value / base - 1) * 100);
    return `较基线 ${percent > 0 ? '+' : ''}${percent}%`;
  }

  place(value) {
    const { low, high } = this.scale;
    if (low === null || high === null) return 'nowhere';
    if (value < low) return 'below';
    if (value > high) return 'above';
    return 2 * value <= low + high ? 'lower' : 'upper';
  }

  retell(value) {
    const { chain } = this.scale;
    const inputs = chain.mine ? { ...chain.inputs, [chain.mine]: value } : chain.inputs;
    const asked = chain.mine ? chain.asked : { ...chain.asked, [chain.metric]: value };
    const found = funnel(inputs);
    const told = [`链路：新增好友 ${many(found.new_friends)} → 首单 ${many(found.first_orders)}；好友 ${many(found.friends)} → 入群 ${many(found.members)}（${found.groups} 个群） → 买家 ${many(found.buyers)} → ${money(found.gmv_fen)}。`];
    if (asked.wecom_total && inputs.parcel_rate) {
      const parcels = Math.ceil((Math.max(0, asked.wecom_total - inputs.friends_before) * RATES) / inputs.parcel_rate);
      told.push(`要到 ${many(asked.wecom_total)} 位好友，${chain.days} 天里日均发 ${many(Math.ceil(parcels / chain.days))} 件包裹。`);
    }
    if (this.scale.base !== null && this.scale.unit === '%') told.unshift(`每 100，${value < this.scale.base ? '少' : '多'} ${Math.round(Math.abs(value - this.scale.base) / 10) / 10} 个。`);
    fill(this.querySelector('[data-meaning]'), told);
    fill(this.querySelector('[data-linked]'), linked(found, asked));
  }

  text(value) {
    return `${many(value / this.scale.per)}${this.scale.unit}`;
  }
}

const OUTCOMES = {
  wecom_new_parcel: ['new_friends', '新增好友', many],
  wecom_total: ['friends', '好友总数', many],
  group_members: ['members', '入群人数', many],
  group_count: ['groups', '群数', many],
  group_buyers: ['buyers', '买家', many],
  group_gmv: ['gmv_fen', '社群 GMV', money],
};

function funnel(given) {
  const part = (whole, rate) => Math.floor((whole * rate) / RATES);
  const new_friends = part(given.parcels, given.parcel_rate);
  const friends = given.friends_before + new_friends;
  const members = part(friends, given.group_rate);
  const buyers = part(members, given.buying_rate);
  return { new_friends, first_orders: part(new_friends, given.first_order_rate), friends, members, groups: Math.ceil(members / given.group_size), buyers, gmv_fen: buyers * given.buyer_value_fen };
}

function linked(found, asked) {
  return Object.entries(asked).filter(([key]) => OUTCOMES[key]).map(([key, goal]) => {
    const [field, title, write] = OUTCOMES[key];
    return `${title}：链路推得 ${write(found[field])}，目标 ${write(goal)}，${found[field] >= goal ? '够' : '不够'}`;
  });
}

function many(number) {
  return number.toLocaleString('zh-CN', { maximumFractionDigits: 2 });
}

function money(fen) {
  return `${many(fen / 100)} 元`;
}

function fill(list, lines) {
  if (list) list.replaceChildren(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })));
}

customElements.define('target-slider', TargetSlider);
