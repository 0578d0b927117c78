#include "nlp/fast_features.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace plumbline {
namespace {

constexpr int kNegatorReach = 4;      // words after a negator
constexpr float kTurnedWord = -0.6F;  // what a negated word keeps of its polarity
// Kinds of features, so that a word, its negated copy and its shouted copy differ.
enum FeatureSeed : std::uint64_t {
  kPair = 0x1B873593CC9E2D51ULL,
  kTriple = 0x52DCE729E6546B64ULL,
  kNegated = 0x38495AB5A5B4C3D2ULL,
  kShouted = 0x7F4A7C159E3779B9ULL,
  kTag = 0x165667B19E3779F9ULL,
  kSign = 0x27D4EB2F165667C5ULL,
  kList = 0x85EBCA77C2B2AE63ULL,
};
constexpr std::uint64_t kLettersSeed = 0xA0761D6478BD642FULL;

// The words of other languages, of which far fewer texts are labelled, have a quarter of the table
// to themselves, so that English ones do not drown them.
constexpr std::uint32_t kForeignSlots = kFastSlots / 4;
constexpr std::uint32_t kCommonSlots = kFastSlots - kForeignSlots;

std::uint32_t common_slot(std::uint64_t hash) {
  return static_cast<std::uint32_t>((hash >> 32) * kCommonSlots >> 32);
}
std::uint32_t foreign_slot(std::uint64_t hash) {
  return kCommonSlots + static_cast<std::uint32_t>((hash >> 32) * kForeignSlots >> 32);
}

// English and texts of no known language have none.
std::uint64_t salt_of(std::string_view lang) {
  std::uint64_t hash = 0;
  for (const char c : lang) hash = fast_mix(hash ^ static_cast<unsigned char>(c));
  return lang.empty() || lang == "en" ? 0 : hash | 1;
}

// No text has more slots: a word has three for each letter and its edges, and a few of its own.
std::size_t most_slots(const FastTokens& text) {
  constexpr std::size_t kOfToken = 6, kOfTag = 1, kOfText = 6;
  std::size_t letters = 0;
  for (const FastToken& token : text.tokens) letters += token.length + 2;
  return 3 * letters + kOfToken * text.tokens.size() + kOfTag * text.hashtags.size() + kOfText;
}

// Appends to slots; room for `most_slots` is taken at once, as they are many.
class SlotRoom {
 public:
  SlotRoom(std::vector<std::uint32_t>& out, const FastTokens& text) : out_(out), size_(out.size()) {
    out.resize(size_ + most_slots(text));
    at_ = out.data();
  }
  SlotRoom(const SlotRoom&) = delete;
  SlotRoom& operator=(const SlotRoom&) = delete;
  ~SlotRoom() { out_.resize(size_); }

  void put(std::uint32_t slot) { at_[size_++] = slot; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }

 private:
  std::vector<std::uint32_t>& out_;
  std::size_t size_;
  std::uint32_t* at_;
};

struct Slots {
  SlotRoom& out;
  void add(std::uint32_t slot, FastRule, const Span&) { out.put(slot); }
  void begin_token() {}
  void end_token() {}
  void word(const WordRule*, bool) {}
};

struct Noted {
  SlotRoom& out;
  std::vector<FastNote>& notes;
  const ModelRow* rows;
  void add(std::uint32_t slot, FastRule, const Span&) {
    ask_for_row(rows, slot);
    out.put(slot);
  }
  void begin_token() { notes.emplace_back().begin = out.size(); }
  void end_token() { notes.back().end = out.size(); }
  void word(const WordRule* rule, bool negates) {
    FastNote& note = notes.back();
    note.negates = negates;
    if (rule == nullptr) return;
    note.seed = rule->seed;
    note.contrast = rule->contrast;
  }
};

struct Traced {
  std::vector<FastFeature>& out;
  void add(std::uint32_t slot, FastRule rule, const Span& span) {
    out.push_back({slot, rule, span});
  }
  void begin_token() {}
  void end_token() {}
  void word(const WordRule*, bool) {}
};

// What the word list says of the words so far.
struct ListSums {
  float praise = 0, blame = 0, most = 0, least = 0, last = 0, after = 0;
  int count = 0;
  bool contrast = false;
};

template <class Sink>
class FeatureVisit {
 public:
  FeatureVisit(const FastTokens& text, const Lexicon& lexicon, std::string_view lang, Sink sink)
      : text_(text), lexicon_(lexicon), sink_(sink), salt_(salt_of(lang)) {}

  void run() {
    const auto& tokens = text_.tokens;
    if (tokens.empty()) return;
    std::size_t words = 0, capitals = 0;
    for (const FastToken& token : tokens) {
      words += token.kind == FastKind::word;
      capitals += token.capitals;
    }
    shouting_ = capitals * 2 > words && words > 3;
    for (const FastToken& token : tokens) {
      sink_.begin_token();
      if (token.kind == FastKind::mark)
        sign(token);
      else
        unit(token);
      sink_.end_token();
    }
    for (const FastTag& tag : text_.hashtags) hashtag(tag);
    list();
  }

 private:
  void add(std::uint64_t hash, FastRule rule, const Span& span) {
    sink_.add(salt_ == 0 ? common_slot(hash) : foreign_slot(hash ^ salt_), rule, span);
  }
  void add_shared(std::uint64_t hash, FastRule rule, const Span& span) {
    sink_.add(common_slot(hash), rule, span);
  }

  void sign(const FastToken& token) {
    if (token.mark != '(' && token.mark != ')') reach_ = 0;
    if (token.mark != '!' && token.mark != '?' && token.mark != '~') return;
    const int run = std::min<int>(token.run, 3);
    add_shared(fast_mix(kSign + static_cast<std::uint64_t>(token.mark * 8 + run)), FastRule::sign,
               token.span);
  }

  void unit(const FastToken& token) {
    const bool is_word = token.kind == FastKind::word;
    if (is_word || token.kind == FastKind::ideograph)
      add(token.hash, FastRule::word, token.span);
    else
      add_shared(token.hash, token.kind == FastKind::symbol ? FastRule::symbol : FastRule::word,
                 token.span);
    if (count_ >= 1) {
      const std::uint64_t pair = fast_mix(before_ * kPair + token.hash);
      add(pair, FastRule::phrase, {before_span_.begin, token.span.end});
      if (count_ >= 2)
        add(fast_mix(pair_ * kTriple + token.hash), FastRule::phrase,
            {before2_.begin, token.span.end});
      pair_ = pair;
    }
    if (is_word) word(token);
    before2_ = before_span_;
    before_span_ = token.span;
    before_ = token.hash;
    ++count_;
  }

  void word(const FastToken& token) {
    const std::string_view folded = text_.folded(token);
    if (token.wide)
      wide_letters(token);
    else
      letters(token);
    const WordRule* rule = lexicon_.rule_of(folded);
    if (rule != nullptr && rule->contrast) {
      reach_ = 0;
      sums_.contrast = true;
      sums_.after = 0;
    }
    const bool negated = reach_-- > 0;
    if (negated) add(fast_mix(token.hash ^ kNegated), FastRule::negation, token.span);
    if (token.capitals && !shouting_)
      add(fast_mix(token.hash ^ kShouted), FastRule::emphasis, token.span);
    if (token.stretched) add_shared(fast_mix(kSign + 1), FastRule::emphasis, token.span);
    if (rule != nullptr && rule->seed != 0) seed(*rule, negated);
    intensity_ = rule != nullptr ? rule->intensity : 1.0F;
    const bool turns = negates(rule, folded);
    if (turns) reach_ = kNegatorReach;
    sink_.word(rule, turns);
  }

  static bool negates(const WordRule* rule, std::string_view folded) {
    return (rule != nullptr && rule->negates) || folded.ends_with("n't");
  }

  void seed(const WordRule& rule, bool negated) {
    const float value = rule.seed * intensity_ * (negated ? kTurnedWord : 1.0F);
    (value > 0 ? sums_.praise : sums_.blame) += value;
    sums_.most = std::max(sums_.most, value);
    sums_.least = std::min(sums_.least, value);
    sums_.last = value;
    sums_.after += value;
    ++sums_.count;
  }

  // Three to five bytes of an ASCII word, its edges included.
  void letters(const FastToken& token) {
    const char* from = text_.arena.data() + token.at - 1;
    const std::size_t size = token.length + 2;
    for (std::size_t i = 0; i + 3 <= size; ++i) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, from + i, 8);
      add((bytes & 0xFFFFFF) * kLettersSeed, FastRule::word, token.span);
      if (i + 4 <= size) add((bytes & 0xFFFFFFFF) * kLettersSeed, FastRule::word, token.span);
      if (i + 5 <= size) add((bytes & 0xFFFFFFFFFF) * kLettersSeed, FastRule::word, token.span);
    }
  }

  // The same by characters.
  void wide_letters(const FastToken& token) {
    const char* from = text_.arena.data() + token.at - 1;
    const std::size_t size = token.length + 2;
    std::size_t begins[6] = {};  // of the last characters, newest first
    std::size_t seen = 0;
    for (std::size_t i = 0; i <= size; ++i) {
      if (i < size && (from[i] & 0xC0) == 0x80) continue;
      for (std::size_t n = 3; n <= 5 && n <= seen; ++n) {
        const std::size_t begin = begins[n - 1];
        add(fast_hash(from + begin, i - begin), FastRule::word, token.span);
      }
      std::copy_backward(begins, begins + 5, begins + 6);
      begins[0] = i;
      ++seen;
    }
  }

  void hashtag(const FastTag& tag) {
    std::uint64_t hash = kTag;
    for (std::uint32_t i = tag.first; i < tag.last; ++i)
      hash = fast_mix(hash ^ text_.tokens[i].hash);
    add(hash, FastRule::word, tag.span);
  }

  void list() {
    const auto bucket = [this](int what, float value, FastRule rule = FastRule::list) {
      const int step = std::clamp(static_cast<int>(std::lround(value * 2)), -6, 6);
      add_shared(fast_mix(kList + static_cast<std::uint64_t>(what * 32 + step + 8)), rule,
                 {text_.tokens.front().span.begin, text_.tokens.back().span.end});
    };
    bucket(0, sums_.praise + sums_.blame);
    bucket(1, sums_.most);
    bucket(2, sums_.least);
    bucket(3, static_cast<float>(std::min(sums_.count, 4)) / 2);
    bucket(4, sums_.last);
    if (sums_.contrast) bucket(5, sums_.after, FastRule::contrast);
  }

  const FastTokens& text_;
  const Lexicon& lexicon_;
  Sink sink_;
  std::uint64_t salt_;
  std::uint64_t before_ = 0, pair_ = 0;
  Span before_span_, before2_;
  std::size_t count_ = 0;
  int reach_ = 0;
  float intensity_ = 1;
  bool shouting_ = false;
  ListSums sums_;
};

}  // namespace

void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   std::vector<std::uint32_t>& slots) {
  SlotRoom room(slots, tokens);
  FeatureVisit<Slots>(tokens, lexicon, lang, {room}).run();
}

void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   FastNoted out) {
  out.notes.clear();
  SlotRoom room(out.slots, tokens);
  FeatureVisit<Noted>(tokens, lexicon, lang, {room, out.notes, out.rows}).run();
}

void fast_features(const FastTokens& tokens, const Lexicon& lexicon, std::string_view lang,
                   std::vector<FastFeature>& features) {
  FeatureVisit<Traced>(tokens, lexicon, lang, {features}).run();
}

}  // namespace plumbline
