#include "nlp/unigram.h"

#include <fmt/format.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "nlp/text_walk.h"

namespace plumbline {
namespace {

constexpr UChar32 kWordBegins = 0x2581;
constexpr std::size_t kLongestRun = 256;  // characters; the rest is cut as if it were a word more
constexpr std::size_t kLongestCluster = 16;  // characters that are composed together
constexpr float kUnknownBelow = 10;  // how far below the rarest piece, as SentencePiece has it

const UNormalizer2* compatible() {
  UErrorCode status = U_ZERO_ERROR;
  static const UNormalizer2* const instance = unorm2_getNFKCInstance(&status);
  return instance;
}

// What is written without blanks between words.
bool is_word_alone(UChar32 c) {
  if (c < 0x2E80) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

bool is_letter(UChar32 c) { return in_name(c) && !is_word_alone(c); }

}  // namespace

// What a walk over a text tells: characters gather in a cluster until it can be composed, composed
// ones in a word until it ends.
struct UnigramPieces::Words {
  struct Letter {
    UChar32 code;
    Span span;
    std::uint32_t at;  // of its bytes in `word`
  };
  struct Step {
    float score;
    std::int32_t id;
    std::uint32_t from;
  };

  const UnigramPieces& pieces;
  std::size_t most;
  std::vector<TextPiece>& out;
  std::vector<Character> cluster;
  std::string word;
  std::vector<Letter> letters;
  std::vector<Step> steps;
  std::vector<std::uint32_t> ends;

  bool full() const { return out.size() >= most; }

  void link(Span span) { add_alone("http", span); }
  void handle(Span span) { add_alone("@user", span); }
  void tag_letter(const Character& c) { character(c); }

  void add_alone(std::string_view plain, Span span) {
    end_word();
    for (const char each : plain) add(static_cast<unsigned char>(each), span);
    end_word();
  }

  void character(const Character& c) {
    if (u_isUWhiteSpace(c.code) || c.code == kWordBegins) return end_word();
    if (is_unseen(c.code)) return;
    if (!cluster.empty() &&
        (unorm2_hasBoundaryBefore(compatible(), c.code) || cluster.size() == kLongestCluster))
      end_cluster();
    cluster.push_back(c);
  }

  void end_cluster() {
    if (cluster.empty()) return;
    const bool inert = cluster.size() == 1 && unorm2_isInert(compatible(), cluster[0].code);
    if (inert) {
      add(cluster[0].code, {cluster[0].begin, cluster[0].end});
    } else {
      compose();
    }
    cluster.clear();
  }

  void compose() {
    std::u16string raw;
    for (const Character& c : cluster) {
      UChar units[2];
      std::int32_t length = 0;
      U16_APPEND_UNSAFE(units, length, c.code);
      raw.append(units, static_cast<std::size_t>(length));
    }
    UChar composed[18 * kLongestCluster];  // 18: the longest that one character becomes
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length =
        unorm2_normalize(compatible(), raw.data(), static_cast<std::int32_t>(raw.size()), composed,
                         18 * kLongestCluster, &status);
    const bool same =
        U_FAILURE(status) || std::u16string_view(composed, static_cast<std::size_t>(length)) == raw;
    if (same) {
      for (const Character& c : cluster) add(c.code, {c.begin, c.end});
      return;
    }
    const Span span{cluster.front().begin, cluster.back().end};
    for (std::int32_t at = 0; at < length;) {
      UChar32 each = 0;
      U16_NEXT(composed, at, length, each);
      if (u_isUWhiteSpace(each))
        cut_word();
      else
        add(each, span);
    }
  }

  void append(UChar32 c, Span span) {
    letters.push_back({c, span, static_cast<std::uint32_t>(word.size())});
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    word.append(bytes, static_cast<std::size_t>(length));
  }

  void add(UChar32 c, Span span) {
    if (letters.size() >= kLongestRun) cut_word();
    if (letters.empty()) append(kWordBegins, {span.begin, span.begin});
    append(c, span);
  }

  void end_word() {
    end_cluster();
    cut_word();
  }

  // Viterbi: the best way to every place in the word, from the left.
  void cut_word() {
    const std::size_t count = letters.size();
    if (count == 0) return;
    steps.assign(count + 1, {-1e30F, -1, 0});
    steps[0].score = 0;
    for (std::size_t begin = 0; begin < count; ++begin) {
      const float before = steps[begin].score;
      const std::uint32_t from = letters[begin].at;
      bool known = false;
      for (std::size_t end = begin + 1; end <= count; ++end) {
        const std::size_t to = end < count ? letters[end].at : word.size();
        const Entry* entry = pieces.entries_.find(std::string_view(word).substr(from, to - from));
        if (entry == nullptr) break;
        if (entry->id < 0) continue;
        known = known || end == begin + 1;
        take(end, before + entry->score, entry->id, begin);
      }
      if (!known) take(begin + 1, before + pieces.unknown_score_, pieces.unknown_, begin);
    }
    ends.clear();
    for (std::size_t end = count; end > 0; end = steps[end].from)
      ends.push_back(static_cast<std::uint32_t>(end));
    std::ranges::reverse(ends);
    for (const std::uint32_t end : ends) put(steps[end].from, end, steps[end].id);
    letters.clear();
    word.clear();
  }

  void take(std::size_t end, float score, std::int32_t id, std::size_t from) {
    if (score > steps[end].score) steps[end] = {score, id, static_cast<std::uint32_t>(from)};
  }

  void put(std::size_t begin, std::size_t end, std::int32_t id) {
    const Span span{letters[begin].span.begin,
                    std::max(letters[begin].span.begin, letters[end - 1].span.end)};
    if (id == pieces.unknown_ && begin > 0 && out.back().id == id) {
      out.back().span.end = span.end;
      return;
    }
    const bool inside =
        begin > 0 && is_letter(letters[begin].code) && is_letter(letters[begin - 1].code);
    out.push_back({id, span, !inside});
  }
};

void UnigramPieces::add_piece(std::string_view piece, std::int32_t id, float score) {
  for (std::size_t length = 1; length < piece.size(); ++length)
    if (!U8_IS_TRAIL(piece[length])) entries_[piece.substr(0, length)];
  entries_[piece] = {id, score};
}

Result<UnigramPieces> UnigramPieces::read(std::string_view vocabulary) {
  UnigramPieces out;
  std::int32_t id = 0;
  bool found[3] = {};
  float least = 0;
  while (!vocabulary.empty()) {
    const std::size_t end = std::min(vocabulary.find('\n'), vocabulary.size());
    const std::string_view line = vocabulary.substr(0, end);
    vocabulary.remove_prefix(std::min(end + 1, vocabulary.size()));
    const std::size_t tab = line.rfind('\t');
    float score = 0;
    const char* const last = line.data() + line.size();
    if (tab == std::string_view::npos ||
        std::from_chars(line.data() + tab + 1, last, score).ptr != last || !std::isfinite(score))
      return fail(ErrorCode::parse,
                  fmt::format("line {} of the vocabulary has no score behind a tab", id + 1));
    const std::string_view piece = line.substr(0, tab);
    least = std::min(least, score);
    if (piece == "<s>")
      found[0] = true, out.start_ = id;
    else if (piece == "</s>")
      found[1] = true, out.end_ = id;
    else if (piece == "<unk>")
      found[2] = true, out.unknown_ = id;
    else if (!piece.empty() && piece != "<pad>")
      out.add_piece(piece, id, score);
    ++id;
  }
  if (!found[0] || !found[1] || !found[2])
    return fail(ErrorCode::parse, "the vocabulary lacks <s>, </s> or <unk>");
  out.size_ = static_cast<std::size_t>(id);
  out.unknown_score_ = least - kUnknownBelow;
  return out;
}

void UnigramPieces::cut(std::string_view text, std::size_t most,
                        std::vector<TextPiece>& out) const {
  out.clear();
  const auto end = static_cast<std::uint32_t>(text.size());
  out.push_back({start_, {0, 0}, true});
  Words words{*this, std::max<std::size_t>(most, 2) - 1, out, {}, {}, {}, {}, {}};
  TextWalk(text, words).run();
  if (out.size() > words.most) out.resize(words.most);
  out.push_back({end_, {end, end}, true});
}

}  // namespace plumbline
