// Starts an office with its own certificates, the table keeper and the front; and a browser that
// owns one card: key in an NSS database, offered by managed policy, so that its own TLS is tested.
import { spawn, execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, mkdirSync, rmSync, writeFileSync, readFileSync, readdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import https from 'node:https';
import net from 'node:net';
import { chromium } from 'playwright-core';

const POLICY_FOLDER = '/etc/chromium/policies/managed';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const START_MS = 30000, LOOK_EVERY_MS = 50;

export const sleep = ms => new Promise(done => setTimeout(done, ms));

// All at once, so that they differ; the kernel gives what nobody uses.
async function freePorts() {
  const servers = [0, 1, 2].map(() => net.createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => new Promise(done => server.once('listening', done))));
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
}

// Waits until look() is true; a process that ends before says why at once.
async function ready(what, processes, look) {
  const until = Date.now() + START_MS;
  for (;;) {
    if (await look()) return;
    const ended = processes.find(one => one.exitCode !== null || one.signalCode);
    if (ended) throw new Error(`${what}: ${ended.spawnfile} ended with ${ended.signalCode ?? ended.exitCode}: ${ended.said}`);
    if (Date.now() > until) throw new Error(`${what}: not within ${START_MS} ms: ${processes.map(one => one.said).join('')}`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function ended(one) {
  one.kill();
  if (one.exitCode === null && !one.signalCode) await new Promise(done => one.once('exit', done));
}

// real: the demonstration city and all roles, instead of the front before a keeper of tables.
export async function service(build, { real = false } = {}) {
  const dir = join(mkdtempSync(join(tmpdir(), 'youju-web-')), 'office');
  const [webPort, cardPort, servicePort] = await freePorts();
  const env = { ...process.env, WEB_PORT: `${webPort}`, CARD_PORT: `${cardPort}` };
  execFileSync(join(build, real ? 'tests/web/make_city' : 'tests/web/make_office'), [dir], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (real) appendFileSync(join(dir, 'youju.conf'), `front.card_service = http://localhost:${servicePort}\n`);
  const start = (program, ...args) => {
    const one = spawn(join(build, program), [...args, dir], { stdio: ['ignore', 'ignore', 'pipe'] });
    one.said = '';
    one.stderr.on('data', part => { one.said += part; process.stderr.write(part); });
    return one;
  };
  const keeper = real ? start('youju', 'serve') : start('tests/web/fake_keeper');
  const office = { dir, web: `https://localhost:${webPort}`, card: `https://localhost:${cardPort}`, webPort, cardPort, servicePort,
    ca: readFileSync(join(dir, 'tls/ca/test-root.pem')), frontExit: null };
  const processes = [keeper];
  office.stop = async () => {
    for (const one of [...processes].reverse()) await ended(one);
    rmSync(join(dir, '..'), { recursive: true, force: true });
  };
  try {
    if (!real) {
      await ready('the keeper of tables', [keeper], () => existsSync(join(dir, 'run/front.sock')));
      processes.push(start('libexec/youju-front'));
    }
    processes.at(-1).on('exit', code => { office.frontExit = code; });
    await ready('the front', processes, () => call(office, { path: '/healthz' }).then(reply => reply.status === 200, () => false));
    return office;
  } catch (error) {
    await office.stop();
    throw error;
  }
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

// A run that was killed leaves its policy behind, and of several for one setting only one holds.
function policiesSweep() {
  for (const name of readdirSync(POLICY_FOLDER)) {
    const [, pid] = /^youju-test-(\d+)-/.exec(name) ?? [];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(POLICY_FOLDER, name), { force: true });
  }
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
  policiesSweep();
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
