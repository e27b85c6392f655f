// What the benchmark adds to the test page's classmate (tests/browser/page): a codec and a bit rate to send with, the moment of the
// first picture, the browser's own statistics, and, when asked, which frame of the clip came when.

"use strict";

const MARK = { bits: 12, across: 64, down: 36, row: 3, middle: 128 }; // bench/_mark.py

const bench = {
  codec: null, // "VP8", "H264" or null: as the browser likes
  maxBitrate: null, // bits a second and peer
  fps: 30,
  joinedAt: null,
  connectedAt: null,
  firstFrameAt: null,
  log: [], // [number of the frame, milliseconds since 1970]

  async join(me) {
    this.joinedAt = now();
    await desk.join(me);
  },

  // Both ends must want it: who answers sends what stands first in the offer, whatever its answer says.
  prefer(connection) {
    if (!this.codec) return;
    const isVideo = (one) => one.receiver.track.kind === "video";
    if (!connection.getTransceivers().some(isVideo)) connection.addTransceiver("video", { direction: "recvonly" });
    const wanted = RTCRtpSender.getCapabilities("video").codecs.filter(
      ({ mimeType }) => [`video/${this.codec}`, "video/rtx"].includes(mimeType)
    );
    if (!wanted.some(({ mimeType }) => mimeType !== "video/rtx")) throw new Error(`no ${this.codec} here`);
    for (const one of connection.getTransceivers().filter(isVideo)) one.setCodecPreferences(wanted);
  },

  // Full size whatever happens, as ours has it: a browser of its own accord sends less until it trusts the path.
  async limit(connection) {
    for (const sender of connection.getSenders().filter(({ track }) => track?.kind === "video")) {
      if (!this.maxBitrate) continue;
      const parameters = sender.getParameters();
      parameters.degradationPreference = "maintain-resolution";
      for (const encoding of parameters.encodings) {
        Object.assign(encoding, { maxBitrate: this.maxBitrate, maxFramerate: this.fps });
      }
      await sender.setParameters(parameters);
    }
  },

  // What came from and went to each peer, by the browser's own count.
  async figures() {
    const found = [];
    for (const [sid, { connection }] of desk.peers) {
      const reports = [...(await connection.getStats()).values()];
      const codecs = new Map(reports.filter(({ type }) => type === "codec").map(({ id, mimeType }) => [id, mimeType]));
      const of = (type, names) => {
        const report = reports.find((one) => one.type === type && one.kind === "video");
        if (!report) return null;
        const picked = Object.fromEntries(names.map((name) => [name, report[name] ?? null]));
        return { ...picked, codec: codecs.get(report.codecId) ?? null };
      };
      found.push({ sid, state: connection.connectionState, in: of("inbound-rtp", IN), out: of("outbound-rtp", OUT) });
    }
    const { joinedAt, connectedAt, firstFrameAt } = this;
    return { at: now(), peers: found, joinedAt, connectedAt, firstFrameAt, problems: desk.problems };
  },

  // Note from now on when each frame of `which` ("self" or a peer's sid) is there.
  watch(which) {
    const [track] = (which === "self" ? desk.stream : tile(which).querySelector("video").srcObject).getVideoTracks();
    const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 8 }).readable.getReader();
    desk.guarded(async () => {
      for (;;) {
        const { value: frame, done } = await reader.read();
        if (done) return;
        void desk.guarded(() => this.take(frame, now())); // not awaited: the next frame must not seem late for it
      }
    });
  },

  async take(frame, at) {
    const number = await readMark(frame);
    if (number !== null) this.log.push([number, at]);
    if (this.sink && number !== null && number % this.keepEach === 0) await send(frame, number, this.sink);
    frame.close();
  },

  sink: null, // an address: all samples of each frame whose number `keepEach` divides go there
  keepEach: 12,
};

const IN = ["framesDecoded", "keyFramesDecoded", "framesDropped", "frameWidth", "frameHeight", "bytesReceived", "pliCount", "firCount",
  "decoderImplementation"];
const OUT = ["framesSent", "keyFramesEncoded", "frameWidth", "frameHeight", "framesPerSecond", "bytesSent", "targetBitrate",
  "qualityLimitationReason", "encoderImplementation"];

const now = () => performance.timeOrigin + performance.now();

async function readMark(frame) {
  const { width, height } = frame.visibleRect;
  const even = (value) => Math.floor(value / 2) * 2;
  const top = Math.round((height * MARK.row) / MARK.down);
  const bottom = Math.round((height * (MARK.row + 1)) / MARK.down);
  const edges = Array.from({ length: 2 * MARK.bits + 1 }, (_, index) => Math.round((index * width) / MARK.across));
  const y = Math.floor((top + bottom) / 2);
  const rect = { x: frame.visibleRect.x, y: frame.visibleRect.y + even(y), width: even(edges.at(-1)) + 2, height: 2 };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [luma] = await frame.copyTo(bytes, { rect });
  const row = luma.offset + (y % 2) * luma.stride;
  const bits = edges.slice(0, -1).map((edge, index) => bytes[row + Math.floor((edge + edges[index + 1]) / 2)] > MARK.middle);
  let number = 0;
  for (let place = 0; place < MARK.bits; place += 1) {
    if (bits[place] === bits[place + MARK.bits]) return null;
    number = 2 * number + Number(bits[place]);
  }
  return number;
}

async function send(frame, number, sink) {
  if (frame.format !== "I420") throw new Error(`frames are ${frame.format}`);
  const { width, height } = frame.visibleRect;
  const bytes = new Uint8Array(frame.allocationSize());
  await frame.copyTo(bytes);
  void fetch(`${sink}?number=${number}&width=${width}&height=${height}`, { method: "POST", mode: "no-cors", body: bytes });
}

const { offer, answer, apply } = Peer.prototype;
Peer.prototype.offer = function () {
  bench.prefer(this.connection);
  this.connection.addEventListener("connectionstatechange", () => noteConnected(this.connection));
  return offer.call(this);
};
Peer.prototype.apply = async function (description) {
  await apply.call(this, description);
  if (this.connection.signalingState === "have-remote-offer") bench.prefer(this.connection);
  else await bench.limit(this.connection);
};
Peer.prototype.answer = async function (description) {
  this.connection.addEventListener("connectionstatechange", () => noteConnected(this.connection));
  await answer.call(this, description);
  await bench.limit(this.connection);
};

function noteConnected({ connectionState }) {
  if (connectionState === "connected") bench.connectedAt ??= now();
}

// The moment the first picture of anybody is handed to the screen.
new MutationObserver((changes) => {
  for (const figure of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
    figure.querySelector("video").requestVideoFrameCallback(() => (bench.firstFrameAt ??= now()));
  }
}).observe(document.querySelector("#tiles"), { childList: true });
