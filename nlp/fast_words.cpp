#include "nlp/fast_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

constexpr std::string_view kWordsMagic = "PLBWORD1";
constexpr const char* kBuiltIn = "models/words.bin";
constexpr std::size_t kMostWordsKept = 1U << 20;
constexpr std::size_t kAlphabet = 26;
constexpr std::size_t kCodePlaces = kLongestMeant + 1;  // one letter may be put in
constexpr int kKeyShift = 24;                           // a key is the upper 40 bits of a hash
constexpr int kFilterBits = 20;
constexpr std::size_t kShortCapitals = 5;

// A number for each letter at each place. The hash of a word is the XOR of its own, so that of a
// word with one letter changed costs two steps.
constexpr std::array<std::array<std::uint64_t, kAlphabet>, kCodePlaces> make_codes() {
  std::array<std::array<std::uint64_t, kAlphabet>, kCodePlaces> out{};
  std::uint64_t state = 0x243F6A8885A308D3ULL;
  for (auto& place : out)
    for (std::uint64_t& code : place) {
      state += 0x9E3779B97F4A7C15ULL;
      code = fast_mix(fast_mix(state));
    }
  return out;
}
constexpr auto kCodes = make_codes();

// The keys around each letter.
constexpr std::array<std::string_view, kAlphabet> kNeighbourKeys = {
    "qwsz",   "vghn",  "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko",
    "huikmn", "jiolm", "kop",  "njk",    "bhjm", "iklp",   "ol",     "wa",     "edft",
    "awedxz", "rfgy",  "yhji", "cfgb",   "qase", "zsdc",   "tghu",   "asx"};

std::size_t index_of(char letter) { return static_cast<std::size_t>(letter - 'a'); }

bool is_plain(std::string_view word) {
  return word.size() >= kShortestMeant && word.size() <= kLongestMeant &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::uint64_t code_of(std::string_view word) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < word.size(); ++i) hash ^= kCodes[i][index_of(word[i])];
  return hash;
}

// Eight steps for each doubling.
constexpr std::uint8_t rank_of_count(std::uint32_t texts) {
  const std::uint32_t count = std::max(texts, 1U);
  const int power = std::bit_width(count) - 1;
  const auto part = static_cast<int>((std::uint64_t{count} << 3 >> power) & 7U);
  return static_cast<std::uint8_t>(std::min(power * 8 + part + 1, 255));
}
constexpr std::uint8_t kLeastRank = rank_of_count(kLeastTextsOfMeant);

}  // namespace

std::string pack_fast_words(const std::vector<CountedWord>& words) {
  std::map<std::uint64_t, std::uint8_t> ranks;
  for (const auto& [word, texts] : words) {
    if (!is_plain(word)) continue;
    std::uint8_t& rank = ranks[code_of(word) >> kKeyShift];
    rank = std::max(rank, rank_of_count(texts));
  }
  std::string out(kWordsMagic);
  put_u32(out, static_cast<std::uint32_t>(ranks.size()));
  for (const auto& [key, rank] : ranks) {
    put_u32(out, static_cast<std::uint32_t>(key));
    out += static_cast<char>(key >> 32);
    out += static_cast<char>(rank);
  }
  put_u64(out, hash64(out));
  return out;
}

void FastWords::add(std::uint64_t key, std::uint8_t rank) {
  const std::uint64_t bit = key >> (64 - kKeyShift - kFilterBits);
  may_hold_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  std::size_t at = key & mask_;
  while (slots_[at] != 0) at = (at + 1) & mask_;
  slots_[at] = key << 8 | rank;
}

Result<FastWords> FastWords::read(std::string_view bytes, const std::string& where) {
  const auto broken = [&](const std::string& why) {
    return fail(ErrorCode::parse,
                "no file of known words: " + why +
                    "; plumbline train fast --data DIR makes one beside its model",
                where);
  };
  std::string_view body;
  if (const std::string fault = frame_fault(bytes, kWordsMagic, body); !fault.empty())
    return broken(fault);
  if (body.size() < 4) return broken("the file is cut off");
  ModelBytes in(body);
  const std::size_t count = in.u32();
  if (count > kMostWordsKept || in.left() != count * 6)
    return broken("it has not the size its head says");
  FastWords out;
  out.may_hold_.resize((std::size_t{1} << kFilterBits) / 64);
  out.slots_.resize(std::bit_ceil(count * 2 + 1));
  out.mask_ = out.slots_.size() - 1;
  out.size_ = count;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t key = in.u32();
    const std::string_view rest = in.take(2);
    key |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest[0])) << 32;
    const auto rank = static_cast<std::uint8_t>(rest[1]);
    if (rank == 0 || (i > 0 && key <= before)) return broken("its words are not in order");
    out.add(key, rank);
    before = key;
  }
  out.name_ = "words-" + hex64(hash64(bytes)).substr(0, 8);
  return out;
}

Result<std::shared_ptr<const FastWords>> FastWords::of_model(const std::string& model_file,
                                                             bool shifted) {
  namespace fs = std::filesystem;
  std::error_code ec;
  const fs::path folder = fs::path(model_file).parent_path();
  const std::string file = (folder / "words.bin").string();
  std::string room, where = kBuiltIn;
  std::string_view bytes = embedded(kBuiltIn);
  if (!model_file.empty() && fs::exists(file, ec)) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, "the known words cannot be read", file);
    room.assign(std::istreambuf_iterator<char>(in), {});
    bytes = room;
    where = file;
  } else if (!model_file.empty() && (!shifted || fs::exists(folder / "fast.bin", ec))) {
    return nullptr;
  } else if (bytes.empty()) {
    return nullptr;
  }
  return std::make_shared<const FastWords>(PLUMBLINE_TRY(read(bytes, where)));
}

inline bool FastWords::may_hold(std::uint64_t hash) const {
  const std::uint64_t bit = hash >> (64 - kFilterBits);
  return (may_hold_[bit / 64] >> (bit % 64) & 1U) != 0;
}

std::uint8_t FastWords::rank_of(std::uint64_t hash) const {
  if (!may_hold(hash)) return 0;
  const std::uint64_t key = hash >> kKeyShift;
  for (std::size_t at = key & mask_; slots_[at] != 0; at = (at + 1) & mask_)
    if (slots_[at] >> 8 == key) return static_cast<std::uint8_t>(slots_[at]);
  return 0;
}

bool FastWords::has(std::string_view word) const {
  return is_plain(word) && size_ > 0 && rank_of(code_of(word)) > 0;
}

// All words one slip away from one word, kind by kind.
class FastWords::Search {
 public:
  Search(const FastWords& words, std::string_view word) : words_(words), word_(word) {
    const std::size_t n = word.size();
    for (std::size_t i = 0; i < n; ++i) before_[i + 1] = before_[i] ^ kCodes[i][index_of(word[i])];
    for (std::size_t i = n; i-- > 1;) {
      const std::size_t letter = index_of(word[i]);
      after_[i] = after_[i + 1] ^ kCodes[i][letter];
      earlier_[i] = earlier_[i + 1] ^ kCodes[i - 1][letter];
      later_[i] = later_[i + 1] ^ kCodes[i + 1][letter];
    }
  }

  bool run(std::string& out) {
    out = word_;
    if (swapped()) {
      std::swap(out[at_], out[at_ + 1]);
    } else if (dropped()) {
      out.erase(at_, 1);
    } else if (replaced_by_neighbour() || replaced()) {
      out[at_] = letter_;
    } else if (put_in()) {
      out.insert(at_, 1, letter_);
    } else {
      return false;
    }
    return true;
  }

 private:
  void look(std::uint64_t hash, std::size_t at, char letter = 0) {
    if (!words_.may_hold(hash)) return;
    const std::uint8_t rank = words_.rank_of(hash);
    if (rank <= best_ || rank < kLeastRank) return;
    best_ = rank;
    at_ = at;
    letter_ = letter;
  }

  bool swapped() {
    for (std::size_t i = 1; i + 1 < word_.size(); ++i)
      look(before_[i] ^ kCodes[i][index_of(word_[i + 1])] ^ kCodes[i + 1][index_of(word_[i])] ^
               after_[i + 2],
           i);
    return best_ > 0;
  }
  bool dropped() {
    if (word_.size() == kShortestMeant) return false;
    for (std::size_t i = 1; i < word_.size(); ++i) look(before_[i] ^ earlier_[i + 1], i);
    return best_ > 0;
  }
  bool replaced_by_neighbour() {
    for (std::size_t i = 1; i < word_.size(); ++i)
      for (const char letter : kNeighbourKeys[index_of(word_[i])])
        look(before_[i] ^ kCodes[i][index_of(letter)] ^ after_[i + 1], i, letter);
    return best_ > 0;
  }
  bool replaced() {
    for (std::size_t i = 1; i < word_.size(); ++i)
      for (std::size_t letter = 0; letter < kAlphabet; ++letter)
        look(before_[i] ^ kCodes[i][letter] ^ after_[i + 1], i, static_cast<char>('a' + letter));
    return best_ > 0;
  }
  bool put_in() {
    if (word_.size() == kLongestMeant) return false;
    for (std::size_t i = 1; i <= word_.size(); ++i)
      for (std::size_t letter = 0; letter < kAlphabet; ++letter)
        look(before_[i] ^ kCodes[i][letter] ^ later_[i], i, static_cast<char>('a' + letter));
    return best_ > 0;
  }

  const FastWords& words_;
  std::string_view word_;
  // XORs of the letters before a place, and of those from it on where they stand, one place earlier
  // and one place later.
  std::array<std::uint64_t, kCodePlaces + 1> before_{}, after_{}, earlier_{}, later_{};
  std::uint8_t best_ = 0;
  std::size_t at_ = 0;
  char letter_ = 0;
};

std::uint64_t FastWords::ask(std::string_view word) const {
  if (size_ == 0 || !is_plain(word)) return kNoCode;
  const std::uint64_t code = code_of(word);
  __builtin_prefetch(&slots_[code >> kKeyShift & mask_]);
  return code;
}

bool FastWords::meant(std::string_view word, std::uint64_t code, std::string& out) const {
  return code != kNoCode && rank_of(code) == 0 && Search(*this, word).run(out);
}

bool FastWords::meant(std::string_view word, std::string& out) const {
  return meant(word, ask(word), out);
}

namespace {

void replace_word(FastTokens& tokens, FastToken& token, const std::string& word) {
  std::vector<char>& arena = tokens.arena;
  const std::size_t at = arena.size();
  arena.resize(at + word.size() + 2 + 8);  // edges, and what may be read beyond
  arena[at] = arena[at + 1 + word.size()] = FastTokens::kEdge;
  std::memcpy(arena.data() + at + 1, word.data(), word.size());
  token.at = static_cast<std::uint32_t>(at + 1);
  token.length = static_cast<std::uint32_t>(word.size());
  token.hash = fast_hash(arena.data() + token.at, token.length);
  token.read_as = true;
}

bool may_be_mistyped(const FastToken& token) {
  return token.kind == FastKind::word && !token.tagged && !token.wide &&
         token.length >= kShortestMeant && token.length <= kLongestMeant &&
         (!token.capitals || token.length > kShortCapitals);
}

}  // namespace

void read_as_meant(const Lexicon& lexicon, FastTokens& tokens) {
  if (lexicon.known == nullptr) return;
  const FastWords& known = *lexicon.known;
  constexpr std::size_t kTogether = 64;
  std::array<std::uint64_t, kTogether> codes;
  std::string word;
  const std::span<FastToken> all = tokens.tokens;
  for (std::size_t at = 0; at < all.size(); at += kTogether) {
    const auto some = all.subspan(at, std::min(kTogether, all.size() - at));
    for (std::size_t i = 0; i < some.size(); ++i)
      codes[i] = may_be_mistyped(some[i]) ? known.ask(tokens.folded(some[i])) : FastWords::kNoCode;
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (codes[i] == FastWords::kNoCode) continue;
      const std::string_view folded = tokens.folded(some[i]);
      if (known.meant(folded, codes[i], word) && lexicon.rule_of(folded) == nullptr)
        replace_word(tokens, some[i], word);
    }
  }
}

}  // namespace plumbline
