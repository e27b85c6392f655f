// What the relay remembers: people, sessions and messages. The file plays the database, which outlives the server.
// Ids look like a document database's: 24 hexadecimal digits.

"use strict";

const { createHash, createHmac, randomBytes, timingSafeEqual } = require("node:crypto");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");

const SECRET = "a test relay has nothing to hide";

const newId = () => randomBytes(12).toString("hex");

class Store {
  constructor(path) {
    this.path = path;
    const known = path && existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
    this.people = known.people ?? [];
    this.sessions = known.sessions ?? [];
    this.messages = known.messages ?? [];
  }

  save() {
    const { people, sessions, messages } = this;
    if (this.path) writeFileSync(this.path, JSON.stringify({ people, sessions, messages }));
  }

  addPerson({ name, email, password, role }) {
    const person = { _id: newId(), name, email: email.toLowerCase(), role, password: hash(password) };
    this.people.push(person);
    this.save();
    return person;
  }

  personByLogin(email, password) {
    return this.people.find((one) => one.email === email.toLowerCase() && one.password === hash(password));
  }

  personByToken(token) {
    const [id, signature] = token.split(".");
    const wanted = Buffer.from(sign(id));
    const given = Buffer.from(signature ?? "");
    if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined;
    return this.people.find((one) => one._id === id);
  }

  addSession(session) {
    this.sessions.push(session);
    this.save();
    return session;
  }

  session(id) {
    return this.sessions.find((one) => one._id === id);
  }

  addMessage(message) {
    this.messages.push(message);
    this.save();
    return message;
  }
}

const tokenOf = (person) => `${person._id}.${sign(person._id)}`;

const hash = (password) => createHash("sha256").update(password).digest("hex");
const sign = (id) => createHmac("sha256", SECRET).update(id).digest("base64url");

module.exports = { Store, newId, tokenOf };
