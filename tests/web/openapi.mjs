// usage: node openapi.mjs BUILD: the description that the API gives of itself is OpenAPI 3.1, and what the API
// answers is what it describes: granted, refused, invalid and failed, commands and lists.
import { randomUUID } from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import { call, service } from './service.mjs';
import { equal, ok, runAll, test } from './tap.mjs';

const office = await service(process.argv[2], { real: true });
const api = (path, body, headers = {}) => call(office, { path: '/api/v1' + path, card: 'sanmin-officer', password: 'demo',
  headers: { 'Content-Type': 'application/json', ...headers },
  ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }) });
const described = JSON.parse((await api('/openapi.json')).text);
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(described, 'youju');
const outcome = ajv.getSchema('youju#/components/schemas/Outcome');
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const commands = Object.entries(described.paths).filter(([path]) => path.includes('/commands/'));
const sheets = Object.keys(described.paths).filter(path => path.includes('/sheets/'));

function plausible(field) {
  if (field.enum) return field.enum[0];
  if (field.type === 'integer') return 1;
  if (field.type === 'boolean') return false;
  if (field.pattern) return '0123456789abcdef';
  return /ROC/.test(field.description ?? '') ? today : '1';
}

function fits(reply, what, path) {
  const body = JSON.parse(reply.text), statuses = described.paths[path].post.responses;
  ok(statuses[reply.status] || reply.status === 404, `${what}: status ${reply.status} is not described`);
  ok(outcome(body), `${what}: ${ajv.errorsText(outcome.errors)} in ${reply.text.slice(0, 300)}`);
}

test('the description is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(described));
  ok(valid, JSON.stringify(errors)?.slice(0, 2000));
  equal(described.openapi, '3.1.0');
});

test('what a command answers is what it describes', async () => {
  for (const [path, { post }] of commands) {
    if (path.endsWith('/sign_out')) continue;
    const schema = post.requestBody.content['application/json'].schema, command = path.replace('/api/v1', '');
    const fields = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => (schema.required ?? []).includes(name))
      .map(([name, field]) => [name, plausible(field)]));
    ok(ajv.compile(schema)(fields), `${path}: what is plausible does not fit`);
    fits(await api(command, fields), path, path);
    fits(await api(command, { ...fields, colour: 'red' }), path + ' with an unknown field', path);
    fits(await api(command, '{"a":'), path + ' with half a body', path);
    fits(await api(command, fields, { 'Content-Type': 'text/plain' }), path + ' as text', path);
    fits(await api(command, fields, { 'Idempotency-Key': 'abc' }), path + ' with a wrong number', path);
  }
});

test('an answer and its repetition are what is described', async () => {
  const question = { case_no: '113-0041', subject: '1', legal_basis: 'B_LOW', purpose: 'yearly_recheck', item: 'item_1', range: 'residence',
    anchor_date: today, request: randomUUID() };
  for (const changes of [{}, {}, { subject: '2' }, { request: randomUUID(), subject: '2' }, { request: randomUUID(), waits_for: 'person' }]) {
    const reply = await api('/commands/ask', { ...question, ...changes });
    equal(reply.status, 200);
    fits(reply, JSON.stringify(changes), '/api/v1/commands/ask');
  }
});

test('what a list answers is what it describes', async () => {
  for (const path of sheets) {
    const list = path.replace('/api/v1', '');
    fits(await api(list), path, path);
    fits(await api(list, {}), path + ' by POST', path);
    fits(await api(list, { colour: 'red' }), path + ' with an unknown filter', path);
    fits(await api(list + '?limit=abc'), path + ' with a wrong limit', path);
  }
});

const failed = await runAll();
await office.stop();
process.exit(failed ? 1 : 0);
