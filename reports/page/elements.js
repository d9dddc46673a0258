// What all pages share: language, scheme, numbers and days, elements, the switches.
'use strict';

const NOTHING = '–';
let language = navigator.language.startsWith('zh') ? 'zh' : 'en';
let scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

const say = ([english, chinese]) => (language === 'zh' ? chinese : english);

// Making a formatter costs more than all that it writes, so each is made once.
const formatters = new Map();
function formatter(make, locale, options) {
  const key = `${make.name} ${locale} ${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, new make(locale, options));
  return formatters.get(key);
}
const format = (options) => formatter(Intl.NumberFormat, say(['en-US', 'zh-CN']), options);
const told = (value, write) => (value === null || value === undefined ? NOTHING : write(value));
const digits = (count) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
const number = (value, count = 0) => told(value, (it) => format(digits(count)).format(it));

function date(value, options) {
  const write = formatter(Intl.DateTimeFormat, say(['en-US', 'zh-CN']), {
    timeZone: 'UTC',
    ...options,
  });
  return told(value, (it) => write.format(new Date(`${it}T00:00:00Z`)));
}
const day = (value) => date(value, { year: 'numeric', month: 'short', day: 'numeric' });

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

// The page as the switches stand.
function showSwitches() {
  document.documentElement.lang = say(['en', 'zh-Hans']);
  document.documentElement.style.colorScheme = scheme;
  document.getElementById('languages').setAttribute('aria-label', say(['Language', '语言']));
  document.getElementById('scheme').textContent = say(
    scheme === 'dark' ? ['Light', '浅色'] : ['Dark', '深色'],
  );
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', button.dataset.language === language);
  }
}

function listenToSwitches(render) {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      language = button.dataset.language;
      render();
    });
  }
  document.getElementById('scheme').addEventListener('click', () => {
    scheme = scheme === 'dark' ? 'light' : 'dark';
    render();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
    scheme = event.matches ? 'dark' : 'light';
    render();
  });
}
