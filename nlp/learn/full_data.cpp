#include "nlp/learn/full_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unordered_set>

#include "base/text.h"
#include "nlp/learn/labels.h"
#include "nlp/learn/statement_sets.h"
#include "nlp/learn/term_sets.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostPieces = 72;  // of a text that is learned from
// An encoder that knows the words of English alone learns it alone: learning from seven languages
// more cost it English tweets and gave little. One that knows all learns from the set of all of
// them so many times as often as from English sets.
constexpr std::string_view kLearned = "en";
// Of marked sentences, see FullDomain: of a model of English; and of one of many languages, which
// finds those of the others and learns from the English ones too.
constexpr float kStatementsShare = 4, kEnglishAmongMany = 15, kOthersAmongMany = 50;
constexpr std::string_view kFolder = ", folder ";
constexpr std::size_t kMarkedHeldOut = 20;      // every n-th of them chooses the borders
constexpr std::size_t kMostMarkedPieces = 100;  // of a text with marked sentences
constexpr float kManyLanguages = 25;

enum class Form : std::uint8_t { label, emotions, irony, aspects, multilingual };
enum class Use : std::uint8_t { learn, hold, foreign };

struct Set {
  const char* file;
  Form form;
  const char* domain;
  Use use;
  float share;               // see FullDomain
  std::size_t hold_out = 0;  // every n-th text is held out; 0: none
  FullTask task = FullTask::sentiment;
};

// Sets whose terms do not allow a model learned from them to be shipped are for measuring only.
constexpr Set kSets[] = {
    {"tweets.train.tsv", Form::label, "tweets", Use::learn, 1.6F},
    {"tweets.val.tsv", Form::label, "tweets", Use::hold, 1.6F},
    {"reddit_goemotions28.train.tsv", Form::emotions, "reddit", Use::learn, 1},
    {"reddit_sentiment.val.tsv", Form::label, "reddit", Use::hold, 1},
    {"movie_sst3.train.tsv", Form::label, "film", Use::learn, 1.2F},
    {"movie_sst3.val.tsv", Form::label, "film", Use::hold, 1.2F},
    {"stackoverflow.train.tsv", Form::label, "programming", Use::learn, 2.5F, 5},
    {"ss_twitter.train.tsv", Form::label, "short tweets", Use::learn, 2, 5, FullTask::two_sides},
    {"ss_youtube.train.tsv", Form::label, "youtube", Use::learn, 2, 5, FullTask::two_sides},
    {"emotion4.train.tsv", Form::emotions, "emotion", Use::learn, 9, 0, FullTask::emotion},
    {"emotion4.val.tsv", Form::emotions, "emotion", Use::hold, 9, 0, FullTask::emotion},
    {"irony.train.tsv", Form::irony, "irony", Use::learn, 2, 0, FullTask::irony},
    {"irony.val.tsv", Form::irony, "irony", Use::hold, 2, 0, FullTask::irony},
    {"umsab_multilingual.train.tsv", Form::multilingual, "languages", Use::learn, 1.5F, 5},
    {"absa14_restaurants.train.tsv", Form::aspects, "restaurants", Use::learn, 10, 5,
     FullTask::aspects},
    {"absa14_laptops.train.tsv", Form::aspects, "laptops", Use::learn, 10, 5, FullTask::aspects},
    {"airline_tweets.train.tsv", Form::label, "airline", Use::foreign, 0},
    {"brand_tweets.train.tsv", Form::label, "brand", Use::foreign, 0},
};

// A text on its way to be learned from or held out.
struct Draft {
  HeldText held;
  FullExample example;
  std::string language;  // where a set has many
};

bool say_mood(int mood, Draft& out) {
  if (mood < 0) return false;
  out.held.label = static_cast<std::uint8_t>(mood);
  out.example.sentiment[static_cast<std::size_t>(mood)] = 1;
  out.example.sentiment_weight = 1;
  return true;
}

// Several emotions that agree count; sides or emotions that contradict each other say nothing.
bool say_emotions(const Set& set, std::string_view names, Draft& out) {
  int mood = -2, emotion = -2;
  for (const std::string_view name : split(names, ',')) {
    const EmotionLabel* found = emotion_label(name);
    if (found == nullptr) return false;
    const int side = found->sentiment, felt = static_cast<int>(found->emotion);
    mood = mood == -2 || mood == side ? side : -1;
    emotion = emotion == -2 || emotion == felt ? felt : -1;
  }
  if (emotion >= 0) {
    out.example.emotion[static_cast<std::size_t>(emotion)] = 1;
    out.example.emotion_weight = 1;
    out.held.label = static_cast<std::uint8_t>(emotion);
  }
  // Its people chose among four, and what they chose says nothing of a side.
  if (set.task == FullTask::emotion) {
    out.example.emotions_asked = 0x0F;
    out.example.emotion_weight *= 2;
  } else if (mood >= 0) {
    say_mood(mood, out);
  }
  return emotion >= 0 || mood >= 0;
}

bool read_line(const Set& set, const std::vector<std::string_view>& fields, Draft& out) {
  if (fields.size() < 2) return false;
  out.held.text = fields.back();
  switch (set.form) {
    case Form::label: return say_mood(sentiment_label(fields[0]), out);
    case Form::emotions: return say_emotions(set, fields[0], out);
    case Form::irony:
      out.held.label = fields[0] == "irony" ? 1 : 0;
      out.example.irony = out.held.label;
      out.example.irony_weight = 1;
      return fields[0] == "irony" || fields[0] == "none";
    case Form::multilingual:
      if (fields.size() != 3) return false;
      out.language = fields[1];
      return say_mood(sentiment_label(fields[0]), out);
    case Form::aspects: break;  // see term_sets.h
  }
  return false;
}

// The texts of a set; false: it is not there.
bool read_drafts(const std::string& file, const Set& set, std::vector<Draft>& out,
                 std::int64_t& skipped) {
  if (set.form != Form::aspects) {
    const auto take = [&](const std::vector<std::string_view>& fields) {
      Draft draft;
      if (!read_line(set, fields, draft)) return false;
      out.push_back(std::move(draft));
      return true;
    };
    return read_set(file, take, skipped);
  }
  std::vector<TermSentence> sentences;
  if (!read_term_set(file, sentences, skipped)) return false;
  for (TermSentence& sentence : sentences) {
    Draft& draft = out.emplace_back();
    draft.held.text = std::move(sentence.text);
    draft.held.terms = std::move(sentence.terms);
    draft.example.has_terms = true;
  }
  return true;
}

class Collection {
 public:
  Collection(FullData& data, LearnedLanguages languages) : data_(data), wanted_(languages) {}

  void add(const std::string& folder, const Set& set) {
    std::vector<Draft> fresh;
    if (!read_drafts(folder + "/" + set.file, set, fresh, data_.skipped)) {
      data_.missing.emplace_back(set.file);
      return;
    }
    std::size_t row = 0;
    for (Draft& draft : fresh) {
      if (!is_learned(draft.language)) continue;
      draft.held.domain = draft.example.domain = domain_of(set, draft.language);
      const bool hold = set.use != Use::learn || (set.hold_out > 0 && row++ % set.hold_out == 0);
      if (!hold) languages_.insert(draft.language.empty() ? "en" : draft.language);
      (hold ? held_ : learn_).push_back(std::move(draft));
    }
  }

  void add(const std::vector<StatementSentence>& sentences, const Pieces& pieces) {
    std::set<std::string> stated;
    std::size_t row = 0;
    for (const StatementSentence& sentence : sentences) {
      if (wanted_ == LearnedLanguages::english && sentence.lang != kLearned) continue;
      if (row++ % kMarkedHeldOut == 0) {
        data_.held_statements.push_back(sentence);
        continue;
      }
      FullExample& example = data_.learn.emplace_back();
      example.domain = domain_of_marked(sentence);
      stated.insert(sentence.lang);
      pieces.cut(sentence.text, kMostMarkedPieces, example.pieces);
      mark_pieces(sentence, example);
    }
    data_.stated.assign(stated.begin(), stated.end());
  }

  void finish(const Pieces& pieces) {
    std::unordered_set<std::string> known;
    for (Draft& draft : held_) {
      known.insert(key_of(draft.held.text));
      data_.held.push_back(std::move(draft.held));
    }
    for (Draft& draft : learn_) {
      if (known.contains(key_of(draft.held.text))) {
        ++data_.known;
        continue;
      }
      pieces.cut(draft.held.text, kMostPieces, draft.example.pieces);
      place_terms(draft);
      data_.learn.push_back(std::move(draft.example));
    }
    balance();
    balance_folders();
    for (const std::string& each : languages_) data_.languages.push_back(each);
  }

 private:
  bool is_learned(std::string_view language) const {
    return wanted_ == LearnedLanguages::all || language.empty() || language == kLearned;
  }

  std::uint16_t domain_of(const Set& set, std::string_view language) {
    std::string name = set.domain;
    if (!language.empty()) name.append(": ").append(language);
    const bool many = !language.empty() && wanted_ == LearnedLanguages::all;
    return domain_of(FullDomain{std::move(name), set.share * (many ? kManyLanguages : 1.0F),
                                set.task, set.use == Use::foreign});
  }

  // Each folder is one, see balance_folders().
  std::uint16_t domain_of_marked(const StatementSentence& sentence) {
    float share = kStatementsShare;
    if (wanted_ == LearnedLanguages::all)
      share = sentence.lang == kLearned ? kEnglishAmongMany : kOthersAmongMany;
    std::string name = "statements: " + sentence.lang;
    if (sentence.folder > 0) name.append(kFolder).append(std::to_string(sentence.folder + 1));
    return domain_of(FullDomain{std::move(name), share, FullTask::sentiment, false});
  }

  // The one of its name, or this as a new one.
  std::uint16_t domain_of(FullDomain domain) {
    const auto found = std::ranges::find(data_.domains, domain.name, &FullDomain::name);
    if (found != data_.domains.end())
      return static_cast<std::uint16_t>(found - data_.domains.begin());
    data_.domains.push_back(std::move(domain));
    return static_cast<std::uint16_t>(data_.domains.size() - 1);
  }

  // The letters of a text, whatever its punctuation and case.
  static std::string key_of(std::string_view text) {
    std::string out;
    for (const char each : text)
      if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || (each & 0x80) != 0)
        out += each;
      else if (each >= 'A' && each <= 'Z')
        out += static_cast<char>(each - 'A' + 'a');
    return out;
  }

  static void place_terms(Draft& draft) {
    std::vector<TextPiece>& pieces = draft.example.pieces;
    for (const auto& [span, mood] : draft.held.terms) {
      TermLabel term;
      term.mood = mood;
      for (std::uint32_t i = 1; i + 1 < pieces.size(); ++i) {
        if (pieces[i].span.begin >= span.end || pieces[i].span.end <= span.begin) continue;
        if (term.last == 0) term.first = i;
        term.last = i + 1;
      }
      if (term.last > 0) draft.example.terms.push_back(term);
    }
  }

  static void mark_pieces(const StatementSentence& sentence, FullExample& example) {
    example.statements.assign(example.pieces.size(), 0);
    for (const MarkedStatement& mark : sentence.statements) {
      unsigned bits = 1U << static_cast<unsigned>(mark.said.kind);
      if (mark.said.holder == Holder::other) bits |= 1U << other_mark;
      if (mark.said.tense == Tense::past) bits |= 1U << past_mark;
      if (mark.said.tense == Tense::future) bits |= 1U << future_mark;
      if (!mark.real) bits = 1U << unreal_mark;
      for (std::size_t i = 1; i + 1 < example.pieces.size(); ++i) {
        const Span& piece = example.pieces[i].span;
        if (piece.begin < mark.said.span.end && piece.end > mark.said.span.begin)
          example.statements[i] = static_cast<std::uint16_t>(example.statements[i] | bits);
      }
    }
  }

  // A further folder of marked sentences is seen as often as the first, however small it is, but
  // none of its texts more than kMostRepeats times as often.
  void balance_folders() {
    constexpr double kMostRepeats = 12;
    std::vector<double> counts(data_.domains.size());
    for (const FullExample& each : data_.learn) ++counts[each.domain];
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const std::string& name = data_.domains[i].name;
      const auto comma = name.find(kFolder);
      if (comma == std::string::npos || counts[i] == 0) continue;
      const auto first = std::ranges::find(data_.domains, name.substr(0, comma), &FullDomain::name);
      if (first == data_.domains.end()) continue;
      const double times =
          counts[static_cast<std::size_t>(first - data_.domains.begin())] / counts[i];
      data_.domains[i].share *= static_cast<float>(std::clamp(times, 1.0, kMostRepeats));
    }
  }

  // Texts of rare moods of a domain weigh more, so that its moods weigh alike; those of rare
  // emotions by the root of it.
  void balance() {
    struct Counts {
      std::array<double, 3> moods{};
      std::array<double, kEmotionCount> emotions{};
    };
    std::vector<Counts> counts(data_.domains.size());
    for (const FullExample& each : data_.learn) {
      Counts& count = counts[each.domain];
      for (std::size_t c = 0; c < 3; ++c) count.moods[c] += static_cast<double>(each.sentiment[c]);
      for (std::size_t c = 0; c < kEmotionCount; ++c)
        count.emotions[c] += static_cast<double>(each.emotion[c]);
    }
    for (FullExample& each : data_.learn) {
      const Counts& count = counts[each.domain];
      each.sentiment_weight *= static_cast<float>(rareness(each.sentiment, count.moods));
      if (data_.domains[each.domain].task == FullTask::emotion)
        each.emotion_weight *=
            static_cast<float>(std::sqrt(rareness(each.emotion, count.emotions)));
    }
  }

  // How often a label would come if all that occur came alike, over how often it comes.
  template <std::size_t n>
  static double rareness(const std::array<float, n>& label, const std::array<double, n>& counts) {
    double all = 0, classes = 0, mine = 0;
    for (std::size_t c = 0; c < n; ++c) {
      all += counts[c];
      classes += counts[c] > 0 ? 1 : 0;
      if (label[c] > 0.5F) mine = counts[c];
    }
    return mine > 0 ? all / (classes * mine) : 1;
  }

  FullData& data_;
  LearnedLanguages wanted_;
  std::vector<Draft> learn_, held_;
  std::set<std::string> languages_;
};

}  // namespace

LearnedLanguages learned_from(std::string_view languages) {
  return languages.empty() || languages == "en" ? LearnedLanguages::english : LearnedLanguages::all;
}

Result<FullData> read_full_data(const std::string& folder, const Pieces& pieces,
                                LearnedLanguages languages,
                                const std::vector<std::string>& statements) {
  FullData data;
  Collection collection(data, languages);
  for (const Set& set : kSets) collection.add(folder, set);
  if (!statements.empty())
    collection.add(PLUMBLINE_TRY(read_statement_sets(statements, data.skipped)), pieces);
  collection.finish(pieces);
  if (data.learn.empty())
    return fail(ErrorCode::not_found,
                "no labelled set was found there; docs/train.md says which files are read", folder);
  return data;
}

}  // namespace plumbline
