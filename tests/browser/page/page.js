// A classmate in a browser: the smallest web client that speaks the seed's contract and no more. It never acknowledges, sends no
// token over the socket, says a message over the socket and by POST, leaves twice, and does not join again after a reconnect.
// Whoever drives it uses `desk`, and reads what it shows from the document: a figure per participant, a line per message.

"use strict";

const CAMERA = { width: 640, height: 360, frameRate: 15 };

const desk = {
  problems: [], // what was thrown and not caught, or refused by the server
  candidates: [], // what this end offered as ways to reach it
  peers: new Map(), // socket id → Peer

  // `me` = {server, sessionId, userId, userName, isTutor, token?, camera, microphone, transports, cameraFormat?}.
  // Settles once the server has answered.
  async join(me) {
    this.me = me;
    if (me.camera || me.microphone) {
      const video = me.camera && (me.cameraFormat ?? CAMERA);
      this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: me.microphone });
      document.querySelector("#self").srcObject = this.stream;
    }
    this.socket = io(me.server, { transports: me.transports });
    const { sessionId, userId, userName, isTutor } = me;
    this.socket.once("connect", () => this.socket.emit("join-session", { sessionId, userId, userName, isTutor }));
    this.listen();
    await new Promise((joined, refused) => {
      this.socket.once("existing-participants", joined);
      this.socket.once("connect_error", refused);
    });
  },

  listen() {
    const on = (name, handle) => this.socket.on(name, (payload) => this.guarded(() => handle(payload)));
    on("existing-participants", async (participants) => {
      for (const participant of participants) await this.meet(participant).offer();
    });
    on("user-joined", (participant) => void this.meet(participant));
    on("user-left", ({ socketId }) => this.forget(socketId));
    on("webrtc-offer", ({ offer, from }) => this.peers.get(from)?.answer(offer));
    on("webrtc-answer", ({ answer, from }) => this.peers.get(from)?.apply(answer));
    on("webrtc-ice-candidate", ({ candidate, from }) => this.peers.get(from)?.addCandidate(candidate));
    on("user-audio-toggle", ({ socketId, enabled }) => void (tile(socketId).dataset.audio = enabled));
    on("user-video-toggle", ({ socketId, enabled }) => void (tile(socketId).dataset.video = enabled));
    on("chat-message", showMessage);
  },

  meet({ socketId, userId, userName }) {
    const send = (event, payload) => {
      if (payload.candidate) this.candidates.push(payload.candidate.candidate);
      this.socket.emit(event, { ...payload, to: socketId });
    };
    const picture = addTile(socketId, userId, userName);
    const peer = new Peer(this.stream, send, (stream) => (picture.srcObject = stream));
    this.peers.set(socketId, peer);
    return peer;
  },

  forget(socketId) {
    this.peers.get(socketId)?.close();
    this.peers.delete(socketId);
    tile(socketId)?.remove();
  },

  async say(message, messageType = "text") {
    const { server, sessionId, userId, userName, token } = this.me;
    this.socket.emit("chat-message", { sessionId, message, userId, userName, messageType });
    if (!token) return;
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const body = JSON.stringify({ sessionId, message, messageType });
    const answer = await fetch(`${server}/api/chat`, { method: "POST", headers, body });
    if (answer.status !== 201) this.problems.push(`POST /api/chat: ${answer.status} ${await answer.text()}`);
  },

  toggle(kind, enabled) {
    const [track] = kind === "audio" ? this.stream.getAudioTracks() : this.stream.getVideoTracks();
    track.enabled = enabled;
    this.socket.emit(`toggle-${kind}`, { sessionId: this.me.sessionId, userId: this.me.userId, enabled });
  },

  leave() {
    for (const socketId of [...this.peers.keys()]) this.forget(socketId);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.socket.emit("leave-session", { sessionId: this.me.sessionId });
    this.socket.emit("leave-session", { sessionId: this.me.sessionId });
    this.socket.disconnect();
  },

  // The picture that is painted in a tile just now, as the mean and the spread of its brightness (0..255).
  look(socketId) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
    const paper = canvas.getContext("2d");
    paper.drawImage(tile(socketId).querySelector("video"), 0, 0, canvas.width, canvas.height);
    const bytes = paper.getImageData(0, 0, canvas.width, canvas.height).data;
    const greys = [];
    for (let i = 0; i < bytes.length; i += 4) greys.push((bytes[i] + bytes[i + 1] + bytes[i + 2]) / 3);
    const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length;
    const spread = Math.sqrt(greys.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / greys.length);
    return { mean, spread };
  },

  // Whether `condition` came true within `ms`.
  async until(condition, ms) {
    for (const end = performance.now() + ms; performance.now() < end; ) {
      if (await condition()) return true;
      await new Promise((later) => setTimeout(later, 50));
    }
    return false;
  },

  async guarded(handle) {
    try {
      await handle();
    } catch (error) {
      this.problems.push(`${error.name}: ${error.message}`);
    }
  },
};

const tile = (socketId) => document.querySelector(`#tiles > figure[data-socket-id="${socketId}"]`);

function addTile(socketId, userId, userName) {
  const figure = document.createElement("figure");
  Object.assign(figure.dataset, { socketId, userId });
  const picture = Object.assign(document.createElement("video"), { autoplay: true, playsInline: true });
  const name = Object.assign(document.createElement("figcaption"), { textContent: userName });
  figure.append(picture, name);
  document.querySelector("#tiles").append(figure);
  return picture;
}

function showMessage({ userId, userName, message, messageType }) {
  const line = document.createElement("li");
  Object.assign(line.dataset, { userId, userName, messageType });
  line.textContent = message;
  document.querySelector("#messages").append(line);
}

addEventListener("error", ({ message }) => desk.problems.push(message));
addEventListener("unhandledrejection", ({ reason }) => desk.problems.push(String(reason)));
