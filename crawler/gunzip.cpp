#include "crawler/gunzip.h"

#include <zlib.h>

namespace plumbline {

struct Gunzip::State {
  z_stream stream{};
  std::size_t left = 0;
  bool ready = false;
  bool ended = false;    // at the end of a member
  bool garbage = false;  // behind the end: nothing more is read
};

namespace {
constexpr int kGzipOnly = 15 + 16;  // zlib's code for its largest window with a gzip header
constexpr std::size_t kPiece = 32u << 10;
}  // namespace

Gunzip::Gunzip(std::size_t most_bytes) : state_(std::make_unique<State>()) {
  state_->left = most_bytes;
  state_->ready = inflateInit2(&state_->stream, kGzipOnly) == Z_OK;
}

Gunzip::~Gunzip() {
  if (state_->ready) inflateEnd(&state_->stream);
}

Gunzip::Outcome Gunzip::feed(std::string_view bytes, std::string& out) {
  State& state = *state_;
  if (!state.ready) return Outcome::broken;
  z_stream& stream = state.stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  unsigned char piece[kPiece];
  bool full = false;  // zlib may hold more than one piece's worth back
  while ((stream.avail_in > 0 || full) && !state.garbage) {
    if (state.ended) {
      state.garbage = *stream.next_in != 0x1f || inflateReset(&stream) != Z_OK;
      if (state.garbage) break;
      state.ended = false;
    }
    stream.next_out = piece;
    stream.avail_out = kPiece;
    const int code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = kPiece - stream.avail_out;
    if (made > state.left) return Outcome::too_large;
    state.left -= made;
    out.append(reinterpret_cast<const char*>(piece), made);
    full = stream.avail_out == 0 && code == Z_OK;
    state.ended = code == Z_STREAM_END;
    if (code == Z_BUF_ERROR) break;  // nothing left to do with these bytes
    if (code != Z_OK && code != Z_STREAM_END) return Outcome::broken;
  }
  return Outcome::more;
}

bool Gunzip::complete() const { return state_->ended; }

}  // namespace plumbline
