// Starts an office with its own certificates, the table keeper and the front; and a browser that
// owns one card: key in an NSS database, offered by managed policy, so that its own TLS is tested.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import https from 'node:https';
import { chromium } from 'playwright-core';

const POLICY_FOLDER = '/etc/chromium/policies/managed';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const sleep = ms => new Promise(done => setTimeout(done, ms));

// real: the demonstration city and all roles, instead of the front before a keeper of tables.
export async function service(build, { real = false } = {}) {
  const dir = join(mkdtempSync(join(tmpdir(), 'youju-web-')), 'office');
  const webPort = 20000 + process.pid % 20000, cardPort = webPort + 1;
  const env = { ...process.env, WEB_PORT: `${webPort}`, CARD_PORT: `${cardPort}` };
  execFileSync(join(build, real ? 'tests/web/make_city' : 'tests/web/make_office'), [dir], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const start = (program, ...args) => spawn(join(build, program), [...args, dir], { stdio: ['ignore', 'ignore', 'inherit'] });
  const keeper = real ? start('youju', 'serve') : start('tests/web/fake_keeper');
  await sleep(200);
  const front = real ? keeper : start('libexec/youju-front');
  const office = { dir, web: `https://localhost:${webPort}`, card: `https://localhost:${cardPort}`, webPort, cardPort,
    ca: readFileSync(join(dir, 'tls/ca/test-root.pem')), frontExit: null };
  front.on('exit', code => { office.frontExit = code; });
  office.stop = async () => {
    front.kill();
    keeper.kill();
    if (front.exitCode === null) await new Promise(done => front.once('exit', done));
    rmSync(join(dir, '..'), { recursive: true, force: true });
  };
  for (let i = 0; i < 50; i++) {
    try { if ((await call(office, { path: '/healthz' })).status === 200) return office; } catch { /* not yet */ }
    await sleep(100);
  }
  await office.stop();
  throw new Error('the front did not start');
}

// One plain request; card: with the client certificate.
export function call(office, { path, method = 'GET', headers = {}, body, card = false, password = 'web' }) {
  const options = { host: 'localhost', port: card ? office.cardPort : office.webPort, path, method, headers, ca: office.ca,
    agent: false };
  if (card) {
    options.pfx = readFileSync(join(office.dir, `cards/${card === true ? 'card' : card}.p12`));
    options.passphrase = password;
  }
  return new Promise((done, fail) => {
    const request = https.request(options, reply => {
      const parts = [];
      reply.on('data', part => parts.push(part));
      reply.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ status: reply.statusCode, headers: reply.headers, bytes, text: bytes.toString('utf8') });
      });
    });
    request.on('error', fail);
    request.end(body);
  });
}

export async function browser(office, card = 'card', password = 'web') {
  const home = mkdtempSync(join(tmpdir(), 'youju-home-'));
  const store = join(home, '.pki/nssdb');
  const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  mkdirSync(store, { recursive: true });
  run('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
  run('certutil', ['-d', `sql:${store}`, '-A', '-t', 'CT,,', '-n', 'root', '-i', join(office.dir, 'tls/ca/test-root.pem')]);
  run('pk12util', ['-d', `sql:${store}`, '-i', join(office.dir, `cards/${card}.p12`), '-W', password, '-K', '']);
  mkdirSync(POLICY_FOLDER, { recursive: true });
  const policy = join(POLICY_FOLDER, `youju-test-${process.pid}-${card}.json`);
  writeFileSync(policy, JSON.stringify({ AutoSelectCertificateForUrls: [
    JSON.stringify({ pattern: office.card, filter: {} })] }));
  const chrome = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS, headless: true,
    env: { ...process.env, HOME: home } });
  return { chrome, close: async () => {
    await chrome.close();
    if (existsSync(policy)) rmSync(policy);
    rmSync(home, { recursive: true, force: true });
  } };
}
