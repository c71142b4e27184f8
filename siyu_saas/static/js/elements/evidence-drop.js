// <evidence-drop>: makes photos small before they are sent, shows how far they are, and tries again after a lost connection.
// The form carries a key of its own, so what arrived before the answer was lost is not kept twice.
const LARGE_BYTES = 2 * 1024 * 1024;
const LONGEST_SIDE_PX = 1920;
const QUALITY = 0.85;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60000;

class EvidenceDrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.state = this.querySelector('.upload-state');
    this.form.addEventListener('submit', (event) => this.send(event));
  }

  async send(event) {
    if (!this.form.querySelector('input[type="file"]').files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = new FormData(this.form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    this.say('正在压缩照片…');
    const files = await Promise.all(data.getAll('files').map(smaller));
    data.delete('files');
    files.forEach((file) => data.append('files', file, file.name));
    this.lock(true);
    this.upload(data, FIRST_PAUSE_MS);
  }

  upload(data, pause) {
    const request = new XMLHttpRequest();
    request.open('POST', this.form.action);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) this.say(`上传中 ${Math.floor((event.loaded / event.total) * 100)}%`);
    });
    request.addEventListener('load', () => this.answered(request));
    request.addEventListener('error', () => this.again(data, pause));
    request.send(data);
  }

  answered(request) {
    if (request.status < 400) return location.assign(request.responseURL);
    this.lock(false);
    if (request.status === 422 || request.status === 409) {
      document.open();
      document.write(request.responseText);
      document.close();
      return undefined;
    }
    return this.say(request.status === 413 ? '文件太大，没有保存。请压缩或分几次上传。' : '没提交成功，选好的文件还在，请再点一次提交。');
  }

  again(data, pause) {
    this.say('网络断了，照片还在，恢复后自动继续…');
    const resume = () => {
      clearTimeout(timer);
      removeEventListener('online', resume);
      this.upload(data, Math.min(pause * 2, LONGEST_PAUSE_MS));
    };
    const timer = setTimeout(resume, pause);
    addEventListener('online', resume);
  }

  lock(held) {
    this.form.querySelectorAll('button[type="submit"]').forEach((button) => { button.disabled = held; });
  }

  say(text) {
    this.state.textContent = text;
  }
}

async function smaller(file) {
  if (!file.type.startsWith('image/') || file.size <= LARGE_BYTES || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', QUALITY); });
    return blob && blob.size < file.size ? new File([blob], `${file.name.replace(/\.[^.]+$/, '')}.jpg`, { type: blob.type }) : file;
  } catch {
    return file;
  }
}

customElements.define('evidence-drop', EvidenceDrop);
