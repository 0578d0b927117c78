#include "nlp/learn/fast_data.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <thread>
#include <unordered_set>

#include "base/text.h"
#include "nlp/addresses.h"
#include "nlp/fast_features.h"
#include "nlp/fast_words.h"
#include "nlp/learn/labels.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

enum class Form { label, emotions, irony, aspects, multilingual, rating };

struct Set {
  const char* file;
  Form form;
  const char* domain;
  FastRole role;
  float weight;
  int hold_out;  // every n-th text is held out to choose with; 0: none
  float emotion_weight = 1;
};

// Sets whose terms do not allow a model learned from them to be shipped are for measuring only.
constexpr Set kSets[] = {
    {"tweets.train.tsv", Form::label, "tweets", FastRole::learn, 1.0F, 0},
    {"tweets.val.tsv", Form::label, "tweets", FastRole::choose, 1.0F, 0},
    {"reddit_goemotions28.train.tsv", Form::emotions, "reddit", FastRole::learn, 0.7F, 0},
    {"reddit_goemotions28.val.tsv", Form::emotions, "reddit", FastRole::choose, 0.7F, 0},
    {"movie_sst3.train.tsv", Form::label, "film", FastRole::learn, 1.4F, 0},
    {"movie_sst3.val.tsv", Form::label, "film", FastRole::choose, 1.4F, 0},
    {"stackoverflow.train.tsv", Form::label, "programming", FastRole::learn, 0.7F, 5},
    {"ss_twitter.train.tsv", Form::label, "short tweets", FastRole::learn, 0.7F, 5},
    {"ss_youtube.train.tsv", Form::label, "youtube", FastRole::learn, 0.7F, 5},
    {"emotion4.train.tsv", Form::emotions, "emotion", FastRole::learn, 0.5F, 0, 10.0F},
    {"emotion4.val.tsv", Form::emotions, "emotion", FastRole::choose, 0.5F, 0},
    {"irony.train.tsv", Form::irony, "irony", FastRole::learn, 1.0F, 0},
    {"irony.val.tsv", Form::irony, "irony", FastRole::choose, 1.0F, 0},
    {"absa14_restaurants.train.tsv", Form::aspects, "restaurants", FastRole::learn, 1.0F, 5},
    {"absa14_laptops.train.tsv", Form::aspects, "laptops", FastRole::learn, 1.0F, 5},
    {"umsab_multilingual.train.tsv", Form::multilingual, "languages", FastRole::learn, 1.0F, 5},
    {"airline_tweets.train.tsv", Form::label, "airline", FastRole::measure, 1.0F, 0},
    {"brand_tweets.train.tsv", Form::label, "brand", FastRole::measure, 1.0F, 0},
    {"vader_tweets.tsv", Form::rating, "vader tweets", FastRole::measure, 1.0F, 0},
    {"vader_amazon.tsv", Form::rating, "vader amazon", FastRole::measure, 1.0F, 0},
    {"vader_movie.tsv", Form::rating, "vader film", FastRole::measure, 1.0F, 0},
    {"vader_nyt.tsv", Form::rating, "vader news", FastRole::measure, 1.0F, 0},
};

bool read_number(std::string_view text, float& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(out);
}

// A text on its way to an example.
struct Draft {
  FastExample example;
  std::string text, lang = "en";
};

bool set_label(std::string_view name, float weight, FastExample& example) {
  const int label = sentiment_label(name);
  if (label < 0) return false;
  example.sentiment[static_cast<std::size_t>(label)] = 1;
  example.sentiment_weight = weight;
  return true;
}

// Several emotions share the weight; sides that contradict each other, or none, say nothing of
// sentiment.
bool set_emotions(std::string_view names, float weight, float emotion_weight,
                  FastExample& example) {
  int side = -2;
  float count = 0;
  for (const std::string_view name : split(names, ',')) {
    const EmotionLabel* one = emotion_label(name);
    if (one == nullptr) return false;
    example.emotion[static_cast<std::size_t>(one->emotion)] += 1;
    ++count;
    if (side == -2 || side == 1)
      side = one->sentiment;
    else if (one->sentiment != 1 && one->sentiment != side)
      side = -1;
  }
  for (float& share : example.emotion) share /= count;
  example.emotion_weight = emotion_weight;
  if (side >= 0) {
    example.sentiment[static_cast<std::size_t>(side)] = 1;
    example.sentiment_weight = weight;
  }
  return true;
}

bool read_line(const Set& set, const std::vector<std::string_view>& fields, Draft& out) {
  if (fields.size() < 2) return false;
  FastExample& example = out.example;
  out.text = fields.back();
  switch (set.form) {
    case Form::label: return set_label(fields[0], set.weight, example);
    case Form::emotions: return set_emotions(fields[0], set.weight, set.emotion_weight, example);
    case Form::rating: return read_number(fields[0], example.rating);
    case Form::irony:
      example.irony = fields[0] == "irony" ? 1.0F : 0.0F;
      example.irony_weight = 1;
      return fields[0] == "irony" || fields[0] == "none";
    case Form::multilingual:
      if (fields.size() != 3 || fields[1].empty() || fields[1].size() > 8) return false;
      out.lang = fields[1];
      return set_label(fields[0], set.weight, example);
    case Form::aspects: {
      if (fields.size() != 3) return false;
      if (const auto at = out.text.find("$T$"); at != std::string::npos)
        out.text.replace(at, 3, fields[1]);
      return set_label(fields[0], set.weight, example);
    }
  }
  return false;
}

// A review sentence counts once, where all its aspects agree.
void settle_aspects(std::vector<Draft>& drafts) {
  std::map<std::string, std::pair<std::array<float, 3>, bool>> said;
  for (const Draft& draft : drafts) {
    const auto [slot, fresh] = said.emplace(draft.text, std::pair{draft.example.sentiment, true});
    if (!fresh && slot->second.first != draft.example.sentiment) slot->second.second = false;
  }
  std::erase_if(drafts, [&](const Draft& draft) {
    bool& open = said[draft.text].second;
    return !std::exchange(open, false);
  });
}

class Collection {
 public:
  explicit Collection(FastData& data) : data_(data) {}

  void add_set(const std::string& folder, const Set& set) {
    std::vector<Draft> fresh;
    const auto take = [&](const std::vector<std::string_view>& fields) {
      Draft draft;
      if (!read_line(set, fields, draft)) return false;
      fresh.push_back(std::move(draft));
      return true;
    };
    if (!read_set(folder + "/" + set.file, take, data_.skipped)) {
      data_.missing.emplace_back(set.file);
      return;
    }
    if (set.form == Form::aspects) settle_aspects(fresh);
    FastDomain& domain = domain_of(set.domain);
    domain.rated = set.form == Form::rating;
    const auto number = static_cast<std::uint16_t>(&domain - data_.domains.data());
    std::size_t row = 0;
    for (Draft& draft : fresh) {
      draft.example.domain = number;
      draft.example.role = set.role;
      if (set.hold_out > 0 && row++ % static_cast<std::size_t>(set.hold_out) == 0)
        draft.example.role = FastRole::choose;
      drafts_.push_back(std::move(draft));
    }
  }

  Status add_teacher(const FastTeacher& teacher) {
    std::ifstream in(teacher.file, std::ios::binary);
    if (!in) return fail(ErrorCode::not_found, "the teacher file cannot be read", teacher.file);
    FastDomain& domain = domain_of("teacher");
    const auto number = static_cast<std::uint16_t>(&domain - data_.domains.data());
    std::string lang = "en";
    std::int64_t taken = 0;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("# lang: ")) {
        lang = trim(std::string_view(line).substr(8));
        continue;
      }
      Draft draft;
      draft.lang = lang;
      draft.example.domain = number;
      if (!is_utf8(line) || !read_teacher(line, teacher.weight, draft)) {
        ++data_.skipped;
        continue;
      }
      drafts_.push_back(std::move(draft));
      ++taken;
    }
    if (taken == 0)
      return fail(ErrorCode::invalid,
                  "no line of it reads: P(negative), P(neutral), P(positive), perhaps eight "
                  "emotions, and a text, parted by tabs",
                  teacher.file);
    return {};
  }

  Status finish(Lexicons lexicons, int threads, const ListedWords& listed) {
    for (Draft& draft : drafts_) {
      Document document;
      document.text = std::move(draft.text);
      draft.text = normalize(std::move(document)).text;
      draft.example.language = language_of(draft.lang);
    }
    drop_known();
    data_.words = count_words(listed);
    lexicons["en"].known =
        std::make_shared<const FastWords>(PLUMBLINE_TRY(FastWords::read(data_.words, "words")));
    make_features(lexicons, threads);
    data_.digest = hash64(data_.words);
    for (FastDomain& domain : data_.domains) domain.neutral = domain.rated;
    std::vector<std::array<std::uint32_t, 3>> rows(data_.domains.size());
    for (Draft& draft : drafts_) {
      FastExample& example = draft.example;
      if (example.sentiment[1] > 0) data_.domains[example.domain].neutral = true;
      example.row = rows[example.domain][static_cast<std::size_t>(example.role)]++;
      if (example.role == FastRole::learn) digest(draft);
      data_.examples.push_back(std::move(example));
    }
    drafts_.clear();
    return {};
  }

  bool empty() const {
    return std::none_of(drafts_.begin(), drafts_.end(),
                        [](const Draft& draft) { return draft.example.role == FastRole::learn; });
  }

 private:
  FastDomain& domain_of(std::string_view name) {
    for (FastDomain& domain : data_.domains)
      if (domain.name == name) return domain;
    return data_.domains.emplace_back(FastDomain{std::string(name), true, false});
  }

  std::uint16_t language_of(const std::string& code) {
    auto& languages = data_.languages;
    const auto found = std::find(languages.begin(), languages.end(), code);
    if (found != languages.end()) return static_cast<std::uint16_t>(found - languages.begin());
    languages.push_back(code);
    return static_cast<std::uint16_t>(languages.size() - 1);
  }

  static bool read_teacher(const std::string& line, float weight, Draft& out) {
    const auto fields = split(line, '\t');
    if (fields.size() != 4 && fields.size() != 4 + kEmotionCount) return false;
    std::array<float, 3 + kEmotionCount> numbers{};
    for (std::size_t i = 0; i + 1 < fields.size(); ++i)
      if (!read_number(fields[i], numbers[i]) || numbers[i] < 0) return false;
    const auto share = [](auto first, auto last, auto to) {
      float sum = 0;
      for (auto it = first; it != last; ++it) sum += *it;
      if (sum <= 0) return false;
      for (auto it = first; it != last; ++it) *to++ = *it / sum;
      return true;
    };
    if (!share(numbers.begin(), numbers.begin() + 3, out.example.sentiment.begin())) return false;
    out.example.sentiment_weight = weight;
    if (fields.size() > 4) {
      if (!share(numbers.begin() + 3, numbers.end(), out.example.emotion.begin())) return false;
      out.example.emotion_weight = weight;
    }
    out.text = fields.back();
    return true;
  }

  // What a text says, whatever its punctuation and case.
  static std::uint64_t key_of(const std::string& text) {
    std::vector<Piece> addresses;
    find_addresses(text, addresses);
    FastTokens tokens;
    split_fast(text, addresses, tokens);
    std::uint64_t key = 0;
    for (const FastToken& token : tokens.tokens)
      if (token.kind != FastKind::mark) key = fast_mix(key ^ token.hash);
    return key;
  }

  void drop_known() {
    std::unordered_set<std::uint64_t> held, learned;
    for (const Draft& draft : drafts_)
      if (draft.example.role == FastRole::choose) held.insert(key_of(draft.text));
    data_.known = static_cast<std::int64_t>(std::erase_if(drafts_, [&](const Draft& draft) {
      if (draft.example.role != FastRole::learn) return false;
      const std::uint64_t key = key_of(draft.text);
      if (held.count(key) > 0) return true;
      learned.insert(key);
      return false;
    }));
    // And what is measured was never learned from.
    data_.known += static_cast<std::int64_t>(std::erase_if(drafts_, [&](const Draft& draft) {
      return draft.example.role == FastRole::measure && learned.count(key_of(draft.text)) > 0;
    }));
  }

  std::string count_words(const ListedWords& listed) const {
    WordCounts counts;
    std::vector<Piece> addresses;
    FastTokens tokens;
    for (const Draft& draft : drafts_) {
      if (draft.example.role != FastRole::learn || draft.lang != "en") continue;
      find_addresses(draft.text, addresses);
      split_fast(draft.text, addresses, tokens);
      counts.add(tokens);
    }
    return pack_fast_words(counts.common(kLeastTextsOfWord, listed));
  }

  void make_features(const Lexicons& lexicons, int threads) {
    const auto workers = static_cast<std::size_t>(std::max(threads, 1));
    const Lexicon none;
    const auto work = [&](std::size_t worker) {
      std::vector<Piece> addresses;
      FastTokens tokens;
      for (std::size_t i = worker; i < drafts_.size(); i += workers) {
        Draft& draft = drafts_[i];
        const auto found = lexicons.find(draft.lang);
        find_addresses(draft.text, addresses);
        const Lexicon& lexicon = found == lexicons.end() ? none : found->second;
        split_fast(draft.text, addresses, tokens);
        read_as_meant(lexicon, tokens);
        fast_features(tokens, lexicon, draft.lang, draft.example.slots);
      }
    };
    std::vector<std::thread> others;
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(work, worker);
    work(0);
    for (std::thread& other : others) other.join();
  }

  void digest(const Draft& draft) {
    const FastExample& e = draft.example;
    std::string bytes = draft.lang + "\t" + data_.domains[e.domain].name + "\t" + draft.text;
    const auto append = [&](float value) {
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    for (const float value : e.sentiment) append(value);
    for (const float value : e.emotion) append(value);
    for (const float value : {e.irony, e.sentiment_weight, e.emotion_weight, e.irony_weight})
      append(value);
    data_.digest = hash64(bytes, data_.digest);
  }

  FastData& data_;
  std::vector<Draft> drafts_;
};

}  // namespace

Result<FastData> read_fast_data(const std::string& folder, const std::vector<FastTeacher>& teachers,
                                const Lexicons& lexicons, int threads, const ListedWords& listed) {
  FastData data;
  Collection collection(data);
  for (const Set& set : kSets) collection.add_set(folder, set);
  for (const FastTeacher& teacher : teachers) PLUMBLINE_CHECK(collection.add_teacher(teacher));
  if (collection.empty())
    return fail(ErrorCode::not_found,
                "no labelled set was found there; docs/train.md says which files are read", folder);
  PLUMBLINE_CHECK(collection.finish(lexicons, threads, listed));
  return data;
}

}  // namespace plumbline
