// The few endpoints that a room needs, answered as the seed's server answers them: HTML for an unknown address and for broken
// JSON, 500 for whatever is missing in a body, and a page of chat that is "the first `limit`, oldest first".

"use strict";

const { newId, tokenOf } = require("./store.js");

const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "authorization,content-type",
  "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
};

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function restHandler(store) {
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://relay");
    if (request.method === "OPTIONS") return end(response, 204, "");
    const found = route(request.method, pathname);
    if (!found) return html(response, 404, `Cannot ${request.method} ${pathname}`);
    let body;
    try {
      body = await readBody(request);
    } catch (error) {
      return html(response, 400, error.message);
    }
    try {
      const me = found.open ? undefined : signedIn(store, request);
      const [status, answer] = found.answer(store, { me, body, id: found.id, query: searchParams });
      return json(response, status, answer);
    } catch (error) {
      return json(response, error.status ?? 500, { message: error.message });
    }
  };
}

const ROUTES = [
  ["POST", /^\/api\/auth\/register$/, register, "open"],
  ["POST", /^\/api\/auth\/login$/, login, "open"],
  ["GET", /^\/api\/users\/profile$/, (store, { me }) => [200, profile(me)]],
  ["GET", /^\/api\/sessions$/, listSessions],
  ["POST", /^\/api\/sessions$/, createSession],
  ["GET", /^\/api\/sessions\/([^/]+)$/, (store, { id }) => [200, shown(store, sessionOf(store, id))]],
  ["POST", /^\/api\/sessions\/([^/]+)\/join$/, joinSession],
  ["POST", /^\/api\/sessions\/([^/]+)\/leave$/, leaveSession],
  ["POST", /^\/api\/chat$/, postChat],
  ["GET", /^\/api\/chat\/session\/([^/]+)$/, listChat],
];

function route(method, pathname) {
  for (const [verb, pattern, answer, open] of ROUTES) {
    const match = verb === method && pattern.exec(pathname);
    if (match) return { answer, open, id: match[1] };
  }
  return undefined;
}

function signedIn(store, request) {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  const person = scheme === "Bearer" && token ? store.personByToken(token) : undefined;
  if (!person) throw new Refusal(401, "Not authorized, token failed");
  return person;
}

function register(store, { body }) {
  const email = body.email.toLowerCase();
  if (store.people.some((one) => one.email === email)) throw new Refusal(400, "User already exists");
  const person = store.addPerson({ role: "student", ...body });
  return [201, { ...profile(person), token: tokenOf(person) }];
}

function login(store, { body }) {
  const person = store.personByLogin(body.email, body.password);
  if (!person) throw new Refusal(401, "Invalid email or password");
  return [200, { ...profile(person), token: tokenOf(person) }];
}

const profile = ({ _id, name, email, role }) => ({ _id, name, email, role });

function listSessions(store) {
  const newestFirst = [...store.sessions].sort((one, other) => other.startTime.localeCompare(one.startTime));
  return [200, newestFirst.map((session) => shown(store, session))];
}

function createSession(store, { me, body }) {
  if (me.role !== "tutor") throw new Refusal(403, "Only tutors can create sessions");
  const { title, subject, description, maxParticipants = 10 } = body;
  const [startTime, endTime] = [body.startTime, body.endTime].map((moment) => new Date(moment).toISOString());
  const now = new Date().toISOString();
  const session = store.addSession({
    ...{ _id: newId(), title: title.trim(), subject, description, startTime, endTime, maxParticipants },
    ...{ status: "scheduled", createdBy: me._id, participants: [], createdAt: now, updatedAt: now },
  });
  return [201, shown(store, session)];
}

function joinSession(store, { me, id }) {
  const session = sessionOf(store, id);
  if (session.participants.includes(me._id)) throw new Refusal(400, "Already joined");
  if (session.participants.length >= session.maxParticipants) throw new Refusal(400, "Session is full");
  session.participants.push(me._id);
  store.save();
  return [200, shown(store, session)];
}

function leaveSession(store, { me, id }) {
  const session = sessionOf(store, id);
  session.participants = session.participants.filter((one) => one !== me._id);
  store.save();
  return [200, shown(store, session)];
}

function sessionOf(store, id) {
  if (!/^[0-9a-f]{24}$/.test(id)) throw new Error(`Cast to ObjectId failed for value "${id}"`);
  const session = store.session(id);
  if (!session) throw new Refusal(404, "Session not found");
  return session;
}

function shown(store, session) {
  const person = (id) => ({ _id: id, name: store.people.find((one) => one._id === id).name });
  return { ...session, createdBy: person(session.createdBy), participants: session.participants.map(person) };
}

// The socket has said the message to the room already, under an id of its own: this only stores it, whoever says it and how often.
function postChat(store, { me, body }) {
  const { sessionId, message, messageType = "text" } = body;
  const now = new Date().toISOString();
  const stored = store.addMessage({
    ...{ id: newId(), sessionId, userId: me._id, userName: me.name, message: message.trim(), messageType },
    ...{ timestamp: now, createdAt: now, updatedAt: now },
  });
  return [201, stored];
}

function listChat(store, { id, query }) {
  const limit = Number(query.get("limit") ?? 100);
  return [200, store.messages.filter((one) => one.sessionId === id).slice(0, limit)];
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}

const json = (response, status, answer) => end(response, status, JSON.stringify(answer), "application/json; charset=utf-8");

const html = (response, status, words) =>
  end(response, status, `<!DOCTYPE html>\n<html lang="en"><body><pre>${words}</pre></body></html>\n`, "text/html; charset=utf-8");

function end(response, status, text, type) {
  response.writeHead(status, { ...CORS, ...(type && { "Content-Type": type }) });
  response.end(text);
}

module.exports = { restHandler };
