// What htmx needs to know of this application: the CSRF token, and how to say that something went wrong.
import { toast } from './elements/toast-stack.js';
import { free, hold } from './submit-once.js';

const SIGNED_OUT = 401;

document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.headers['X-CSRFToken'] = token.content;
});

document.addEventListener('htmx:responseError', (event) => {
  const signedOut = event.detail.xhr.status === SIGNED_OUT;
  toast('bad', signedOut ? '登录已过期，内容还在。请重新登录后再提交。' : '没提交成功，内容还在。请稍后再试。');
});

for (const lost of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(lost, () => toast('bad', '网络不通，没提交成功，内容还在。'));
}

document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.detail.elt.matches('form')) hold(event.detail.elt);
});
document.addEventListener('htmx:afterRequest', (event) => {
  if (event.detail.elt.matches('form')) free(event.detail.elt);
});
