// One RTCPeerConnection per participant, as the contract's "Who offers" has it: the newcomer offers, candidates trickle and wait
// in a queue until the other's description is applied, and a peer that sends nothing itself asks to receive all the same.

"use strict";

class Peer {
  // What is offered beside what is sent.
  static wishes = { offerToReceiveAudio: true, offerToReceiveVideo: true };

  // `send(event, payload)` says something to the other end; `show(stream)` puts their stream into their tile.
  constructor(localStream, send, show) {
    this.send = send;
    this.early = [];
    this.connection = new RTCPeerConnection({ iceServers: [] });
    for (const track of localStream?.getTracks() ?? []) this.connection.addTrack(track, localStream);
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate) send("webrtc-ice-candidate", { candidate: candidate.toJSON() });
    };
    this.connection.ontrack = ({ streams: [stream] }) => show(stream);
  }

  async offer() {
    await this.connection.setLocalDescription(await this.connection.createOffer(Peer.wishes));
    this.send("webrtc-offer", { offer: this.connection.localDescription.toJSON() });
  }

  async answer(offer) {
    await this.apply(offer);
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    this.send("webrtc-answer", { answer: this.connection.localDescription.toJSON() });
  }

  async apply(description) {
    await this.connection.setRemoteDescription(description);
    for (const candidate of this.early.splice(0)) await this.connection.addIceCandidate(candidate);
  }

  async addCandidate(candidate) {
    if (this.connection.remoteDescription) await this.connection.addIceCandidate(candidate);
    else this.early.push(candidate);
  }

  close() {
    this.connection.close();
  }

  // What arrived so far: decoded frames and their size, samples of sound, those that had to be made up, and their energy.
  async figures() {
    const found = { state: this.connection.connectionState, video: null, audio: null };
    const reports = [...(await this.connection.getStats()).values()];
    for (const report of reports.filter(({ type }) => type === "inbound-rtp")) {
      if (report.kind === "video") {
        found.video = { frames: report.framesDecoded, width: report.frameWidth ?? 0, height: report.frameHeight ?? 0 };
      } else {
        const { totalSamplesReceived: samples, concealedSamples: concealed, totalAudioEnergy: energy } = report;
        found.audio = { samples, concealed, energy };
      }
    }
    return found;
  }
}
