// Custom elements upgrade by themselves, also after an htmx swap; every page works without any of this.
import './elements/auto-save.js';
import './elements/confirm-dialog.js';
import './elements/copy-button.js';
import './elements/file-drop.js';
import './elements/gantt-edit.js';
import './elements/mention-box.js';
import './elements/paste-grid.js';
import './elements/target-slider.js';
import './elements/sheet-done.js';
import './elements/theme-switch.js';
import './elements/toast-stack.js';
import './elements/ui-dialog.js';
import './htmx.js';
import './keyboard.js';
import './sheets.js';
import './submit-once.js';
