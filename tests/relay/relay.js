// A server of the seed's contract, and of nothing else: no acknowledgements, no token on the socket, no rooms checked, no keys
// passed on that the seed does not name, and chat ids that are the time in milliseconds.
//
//     NODE_PATH=… node relay.js --port N [--data FILE]
//
// prints "listening on http://127.0.0.1:N" once it does. FILE outlives it; without FILE everything is forgotten.

"use strict";

const { createServer } = require("node:http");
const { parseArgs } = require("node:util");

const { Server } = require("socket.io");

const { restHandler } = require("./rest.js");
const { Store } = require("./store.js");

const { values: options } = parseArgs({ options: { port: { type: "string", default: "0" }, data: { type: "string" } } });

const http = createServer(restHandler(new Store(options.data)));
const io = new Server(http, { cors: { origin: "*" } });
const rooms = new Map(); // session id → Map of socket id → participant

io.on("connection", (socket) => {
  socket.on("join-session", ({ sessionId, userId, userName, isTutor }) => {
    const room = rooms.get(sessionId) ?? new Map();
    rooms.set(sessionId, room);
    const newcomer = { socketId: socket.id, userId, userName, isTutor };
    socket.join(sessionId);
    socket.emit("existing-participants", [...room.values()].filter((one) => one.socketId !== socket.id));
    room.set(socket.id, newcomer);
    socket.to(sessionId).emit("user-joined", newcomer);
  });

  socket.on("webrtc-offer", ({ offer, to }) => io.to(to).emit("webrtc-offer", { offer, from: socket.id }));
  socket.on("webrtc-answer", ({ answer, to }) => io.to(to).emit("webrtc-answer", { answer, from: socket.id }));
  socket.on("webrtc-ice-candidate", ({ candidate, to }) => {
    io.to(to).emit("webrtc-ice-candidate", { candidate, from: socket.id });
  });

  socket.on("chat-message", ({ sessionId, message, userId, userName, messageType = "text" }) => {
    const [id, timestamp] = [Date.now(), new Date().toISOString()];
    io.to(sessionId).emit("chat-message", { id, sessionId, userId, userName, message, messageType, timestamp });
  });

  socket.on("toggle-audio", ({ sessionId, userId, enabled }) => {
    socket.to(sessionId).emit("user-audio-toggle", { userId, socketId: socket.id, enabled });
  });
  socket.on("toggle-video", ({ sessionId, userId, enabled }) => {
    socket.to(sessionId).emit("user-video-toggle", { userId, socketId: socket.id, enabled });
  });

  socket.on("leave-session", ({ sessionId }) => leave(socket, sessionId));
  socket.on("disconnecting", () => [...rooms.keys()].forEach((sessionId) => leave(socket, sessionId)));
});

function leave(socket, sessionId) {
  const room = rooms.get(sessionId);
  const leaver = room?.get(socket.id);
  if (!leaver) return;
  room.delete(socket.id);
  if (room.size === 0) rooms.delete(sessionId);
  socket.to(sessionId).emit("user-left", leaver);
  socket.leave(sessionId);
}

http.listen(Number(options.port), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
