// Adds an on-screen keypad to each field with data-keypad="digits" or "letters". Without scripts the keyboard does the same.
for (const field of document.querySelectorAll('input[data-keypad]')) {
  const keys = field.dataset.keypad === 'digits' ? '0123456789' : '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const toggle = button(field.dataset.keypadOpen, () => {
    pad.hidden = !pad.hidden;
    toggle.setAttribute('aria-expanded', String(!pad.hidden));
  });
  toggle.className = 'quiet';
  toggle.setAttribute('aria-expanded', 'false');
  const pad = document.createElement('span');
  pad.className = 'keypad';
  pad.hidden = true;
  for (const key of keys) {
    pad.append(button(key, () => {
      if (field.maxLength < 0 || field.value.length < field.maxLength) {
        field.value += key;
      }
    }));
  }
  const clear = button(field.dataset.keypadClear, () => { field.value = ''; });
  clear.className = 'wide quiet';
  pad.append(clear);
  field.after(toggle, pad);
}

function button(text, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', press);
  return made;
}
