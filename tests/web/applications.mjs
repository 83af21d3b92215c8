// usage: node applications.mjs BUILD: form F1 from draft to grant, page by page, by the people whose turn it is.
import { mkdirSync } from 'node:fs';
import { browser, service } from './service.mjs';
import { equal, has, ok, runAll, test } from './tap.mjs';

const PASSWORD = 'demo';
const office = await service(process.argv[2], { real: true });
const shots = process.env.SHOTS;
const people = {};
let page, number = 0, application, transmission;

async function shot(name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/app-${String(number++).padStart(2, '0')}-${name}.png`, fullPage: true });
}
const text = async (selector = 'main') => (await page.locator(selector).allInnerTexts()).join('\n');

async function as(card) {
  if (!people[card]) {
    const { chrome, close } = await browser(office, card, PASSWORD);
    const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
    context.setDefaultTimeout(20000);
    people[card] = { close, page: await context.newPage() };
    page = people[card].page;
    await page.goto(office.card + '/sign-in');
    await page.click('main form button');
    await page.waitForURL(office.card + '/');
  }
  page = people[card].page;
}
const open = () => page.goto(`${office.card}/application?no=${application}`);

// Important steps show what is signed; without script they are sent unsigned over the card's own connection.
async function press(form) {
  await Promise.all([page.waitForNavigation(), page.click(`${form} button`)]);
  const unsigned = 'details:has(input[name="unsigned"])';
  if (!await page.locator(unsigned).count()) return;
  await page.click(`${unsigned} summary`);
  await Promise.all([page.waitForNavigation(), page.click(`${unsigned} button`)]);
}
const follow = link => Promise.all([page.waitForNavigation(), page.click(link)]);
const step = command => press(`form[action="/do/${command}"]`);

test('the draft shows what is wrong at its field, keeps what was typed, and holds what the registry knows', async () => {
  await as('sanmin-officer');
  await page.goto(office.card + '/lists/my_applications');
  await follow('main a[href="/do/draft_application"]');
  await shot('draft-empty');
  await page.selectOption('#office', 'sanmin');
  await page.fill('#phone', '07-3228160 #200');
  await page.fill('#email', 'nobody');
  await page.check('input[name="legal_bases:L_DV"]');
  await page.check('input[name="items:item_7"]');
  await page.selectOption('#purpose', 'protection');
  await page.fill('#purpose_text', '家庭暴力案件追蹤行方不明移工');
  await press('form[action="/do/draft_application"]');
  has(await text('.outcome'), 'F1.email');
  has(await text('.row.wrong'), '公務信箱');
  equal(await page.inputValue('#phone'), '07-3228160 #200');
  ok(await page.isChecked('input[name="items:item_7"]'), 'the chosen item is lost');
  await shot('draft-wrong');
  await page.fill('#email', 'officer@kcg.gov.tw');
  await press('form[action="/do/draft_application"]');
  await follow('main a[href^="/application?no="]');
  application = new URL(page.url()).searchParams.get('no');
  const shown = await text();
  for (const part of ['使用機關 中文名稱', '自然人憑證序號', '聯絡電話', 'officer@kcg.gov.tw', '草稿', '家庭暴力防治'])
    has(shown, part);
  equal(await page.locator('form[action="/do/endorse_application"]').count(), 0, 'no step but the own');
  await shot('draft');
});

test('the applicant submits, and nobody else sees more buttons than are his', async () => {
  await open();
  await step('submit_application');
  await open();
  has(await text('.steps .now'), '主管核章');
  equal(await page.locator('form[action="/do/submit_application"]').count(), 0);
  await as('sanmin-officer-2');
  await open();
  has(await text(), '查無此頁');
});

test('the supervisor endorses from the task list', async () => {
  await as('sanmin-supervisor');
  await page.goto(office.card + '/');
  await shot('tasks');
  await follow(`main a[href="/application?no=${application}"]`);
  has(await text(), '您得以下列職務辦理下一程序');
  await shot('endorse');
  await step('endorse_application');
  await open();
  equal(await page.locator('form[action="/do/endorse_application"]').count(), 0);
});

test('the head approves, the custodian forwards with a letter and attaches the scan', async () => {
  await as('sanmin-head');
  await open();
  await step('approve_application');
  await as('sanmin-custodian');
  await open();
  await page.fill('#forward_application-letter_no', '高市三區社字第11599號');
  await page.fill('#forward_application-letter_date', new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10));
  await page.fill('#forward_application-letter_text', '檢送帳號申請表一份');
  await shot('forward');
  await step('forward_application');
  await open();
  await page.click('summary:has-text("附加掃描檔")');
  await page.selectOption('form[action="/application/scan"] #scan_kind', 'form');
  await page.setInputFiles('#scan', { name: 'form.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 sealed') });
  await press('form[action="/application/scan"]');
  has(await text(), 'pdf');
});

test('the bureau reviews by its checklist; a failing point keeps the form and names the rule', async () => {
  await as('bureau-reviewer');
  await open();
  const checks = page.locator('form[action="/do/review_application"] select');
  equal(await checks.count(), 7);
  for (let i = 0; i < 7; i++) await checks.nth(i).selectOption('pass');
  await shot('review');
  await step('review_application');
  await open();
  has(await text('.steps .now'), '傳送移民署');
  await shot('reviewed');
});

test('the custodian of the bureau transmits a list of what is chosen', async () => {
  await as('bureau-custodian');
  await page.goto(office.card + '/transmit');
  ok(await page.locator('input[type="checkbox"]').count() >= 2, 'nothing waits');
  await page.fill('#letter_no', '高市社救助字第11588號');
  await page.fill('#letter_date', new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10));
  await shot('transmit');
  await step('transmit_applications');
  await page.goto(office.card + '/lists/transmissions');
  await shot('transmissions');
  await open();
  has(await text('.steps .now'), '移民署複核');
});

test('the answer is recorded for each application, with its letter', async () => {
  await as('bureau-custodian-deputy');
  await open();
  await follow('main a[href^="/transmission?no="]');
  transmission = new URL(page.url()).searchParams.get('no');
  await page.check(`input[name="answer:${application}"][value="approved"]`);
  await shot('answer');
  await press('form[action="/transmission"]');
  has(await text(), 'G3.3');
  await page.goto(`${office.card}/transmission?no=${transmission}`);
  await page.check(`input[name="answer:${application}"][value="approved"]`);
  await page.fill('#letter_no', '移署資字第11577號');
  await page.fill('#letter_date', new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10));
  await press('form[action="/transmission"]');
  await open();
  has(await text('.steps .now'), '核配');
});

test('the items are granted and the history tells everything', async () => {
  await as('bureau-supervisor');
  await open();
  const today = new Date(Date.now() + 8 * 3600e3);
  await page.fill('#grant_application-valid_from', today.toISOString().slice(0, 10));
  await page.fill('#grant_application-valid_to', new Date(today.getTime() + 700 * 86400e3).toISOString().slice(0, 10));
  await step('grant_application');
  await open();
  has(await text(), '已核配');
  for (const part of ['高市三區社字第11599號', '移署資字第11577號', '檢送帳號申請表一份'])
    has(await text(), part);
  await shot('granted');
  await as('sanmin-officer');
  await page.goto(office.card + '/lists/my_grants');
  has(await text(), '依申請核配');
  await shot('my-grants');
});

test('a returned application shows its reason and leads to the form as it was', async () => {
  await as('sanmin-officer-5');
  await page.goto(office.card + '/lists/my_applications');
  await follow('tbody tr:first-child td:first-child a');
  has(await text('.outcome'), '請具體敘明');
  await shot('returned');
  await follow('main a[href^="/application/form?no="]');
  ok((await page.inputValue('#purpose_text')).includes('新住民'), 'the form is empty');
  ok(await page.isChecked('input[name="items:item_6"]'), 'the item is not chosen');
  await shot('correct');
});

const failed = await runAll();
for (const person of Object.values(people)) await person.close();
await office.stop();
process.exit(failed ? 1 : 0);
