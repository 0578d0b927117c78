// Learns data/lang/<code>/weights.tsv from texts that people have labelled.
//
//   learn_weights DATA_DIR LANG_DIR CODE [--write] [--keep N] [--epochs N] [--rate X] [--l2 X]
//   [--delta X]
//
// DATA_DIR holds the labelled sets (names and forms as in kSets below), LANG_DIR the language
// folders. The rule files of the language (negators, intensifiers, contrast, words) are read first,
// because features depend on them. Prints macro-recall on what was held out; --write then replaces
// weights.tsv.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "nlp/lexicon.h"
#include "nlp/normalize.h"
#include "nlp/prepared.h"
#include "nlp/sentiment.h"
#include "nlp/sentiment_features.h"

namespace plumbline {
namespace {

enum class Form { label_text, emotions, aspects, multilingual };

struct Set {
  const char* file;
  Form form;
  const char* domain;
  float weight;
  int hold_out;  // every n-th text is held out; 0 none, 1 all
};

// English. Sets whose terms do not allow a model learned from them to be shipped are not here.
constexpr Set kSets[] = {
    {"tweets.train.tsv", Form::label_text, "tweets", 1.0F, 0},
    {"tweets.val.tsv", Form::label_text, "tweets", 1.0F, 1},
    {"reddit_goemotions28.train.tsv", Form::emotions, "reddit", 0.7F, 0},
    {"reddit_goemotions28.val.tsv", Form::emotions, "reddit", 0.7F, 1},
    {"movie_sst3.train.tsv", Form::label_text, "film", 0.7F, 0},
    {"movie_sst3.val.tsv", Form::label_text, "film", 0.7F, 1},
    {"stackoverflow.train.tsv", Form::label_text, "programming", 0.7F, 5},
    {"ss_twitter.train.tsv", Form::label_text, "short", 0.7F, 5},
    {"ss_youtube.train.tsv", Form::label_text, "short", 0.7F, 5},
    {"emotion4.train.tsv", Form::emotions, "emotion", 0.5F, 0},
    {"absa14_restaurants.train.tsv", Form::aspects, "reviews", 1.0F, 5},
    {"absa14_laptops.train.tsv", Form::aspects, "reviews", 1.0F, 5},
};
constexpr Set kMultilingual = {"umsab_multilingual.train.tsv", Form::multilingual, "tweets", 1.0F,
                               5};

// Chosen by the mean macro-recall over the held-out sets: 0 serves reviews best, 1 tweets.
constexpr double kShare = 0.6;

struct Options {
  std::string data, folder, code;
  bool write = false;
  int epochs = 12;
  std::size_t keep = 60000;
  double rate = 0.05, l2 = 2e-6, delta = 4;
  double share =
      -1;  // how much of the tweets' own weights is written; -1: kShare, or 1 for one domain
};

// How one feature of a text enters the two sums.
struct Term {
  std::uint32_t id;
  float polarity, opinion;
};

struct Example {
  int label = 1;  // 0 negative, 1 neutral, 2 positive
  int domain = 0;
  float weight = 1;
  float root = 1;
  std::string text;
  std::vector<Term> terms;
};

int label_of(std::string_view name) {
  if (name == "negative") return 0;
  if (name == "neutral") return 1;
  return name == "positive" ? 2 : -1;
}

// -1 for emotions without a side (surprise, confusion …) and for texts with both sides.
int polarity_of_emotions(std::string_view names) {
  static const std::map<std::string_view, int> kSides = {
      {"admiration", 2},  {"amusement", 2},     {"approval", 2},       {"caring", 2},
      {"desire", 2},      {"excitement", 2},    {"gratitude", 2},      {"joy", 2},
      {"love", 2},        {"optimism", 2},      {"pride", 2},          {"relief", 2},
      {"anger", 0},       {"annoyance", 0},     {"disappointment", 0}, {"disapproval", 0},
      {"disgust", 0},     {"embarrassment", 0}, {"fear", 0},           {"grief", 0},
      {"nervousness", 0}, {"remorse", 0},       {"sadness", 0},        {"neutral", 1}};
  int side = -1;
  for (const std::string_view name : split(names, ',')) {
    const auto found = kSides.find(name);
    if (found == kSides.end()) return -1;
    if (side == -1 || side == 1) {
      side = found->second;
    } else if (found->second != 1 && found->second != side) {
      return -1;
    }
  }
  return side;
}

struct Corpus {
  std::vector<Example> train, held_out;
  std::vector<std::string> domains;

  int domain_of(const std::string& name) {
    const auto found = std::find(domains.begin(), domains.end(), name);
    if (found != domains.end()) return static_cast<int>(found - domains.begin());
    domains.push_back(name);
    return static_cast<int>(domains.size()) - 1;
  }
};

// A review sentence counts where all its aspects agree.
void settle_aspects(std::map<std::string, int>& sentences, std::vector<Example>& out) {
  for (auto& [text, label] : sentences) {
    if (label < 0) continue;
    out.emplace_back();
    out.back().label = label;
    out.back().text = text;
  }
}

std::vector<Example> read_set(const Set& set, const std::string& path, const std::string& code) {
  std::vector<Example> out;
  std::map<std::string, int> sentences;
  std::ifstream in(path, std::ios::binary);
  if (!in) fmt::print(stderr, "{}: cannot be read, left out\n", path);
  for (std::string line; std::getline(in, line);) {
    const auto fields = split(line, '\t');
    if (fields.size() < 2) continue;
    Example example;
    example.label =
        set.form == Form::emotions ? polarity_of_emotions(fields[0]) : label_of(fields[0]);
    example.text = fields.back();
    if (set.form == Form::multilingual && (fields.size() != 3 || fields[1] != code)) continue;
    if (set.form == Form::aspects) {
      if (fields.size() != 3) continue;
      if (const auto at = example.text.find("$T$"); at != std::string::npos)
        example.text.replace(at, 3, fields[1]);
      const auto [slot, fresh] = sentences.emplace(example.text, example.label);
      if (!fresh && slot->second != example.label) slot->second = -1;
      continue;
    }
    if (example.label >= 0) out.push_back(std::move(example));
  }
  settle_aspects(sentences, out);
  return out;
}

Corpus read_corpus(const Options& options) {
  Corpus corpus;
  const auto add = [&](const Set& set) {
    auto examples = read_set(set, options.data + "/" + set.file, options.code);
    const int domain = corpus.domain_of(set.domain);
    for (std::size_t i = 0; i < examples.size(); ++i) {
      Example& example = examples[i];
      example.domain = domain;
      example.weight = set.weight;
      const bool held = set.hold_out > 0 && i % static_cast<std::size_t>(set.hold_out) == 0;
      (held ? corpus.held_out : corpus.train).push_back(std::move(example));
    }
  };
  if (options.code != "en") {
    add(kMultilingual);  // its English part holds texts of the validation set of kSets
  } else {
    for (const Set& set : kSets) add(set);
  }
  return corpus;
}

// The words of a text, by which copies are told. Sets overlap, above all in retweets.
std::string key_of(const std::string& text) {
  Prepared prepared;
  prepare(text, prepared);
  std::string key;
  for (const Word& word : prepared.words) key.append(word.folded).append(" ");
  return key;
}

void drop_known(Corpus& corpus) {
  std::unordered_set<std::string> held;
  for (const Example& e : corpus.held_out) held.insert(key_of(e.text));
  std::erase_if(corpus.train, [&](const Example& e) { return held.count(key_of(e.text)) > 0; });
}

// Each class weighs the same within each domain.
void balance(std::vector<Example>& examples, int domains) {
  std::vector<std::array<double, 3>> counts(static_cast<std::size_t>(domains));
  for (const Example& e : examples)
    counts[static_cast<std::size_t>(e.domain)][static_cast<std::size_t>(e.label)] += 1;
  for (Example& e : examples) {
    const auto& count = counts[static_cast<std::size_t>(e.domain)];
    const double classes = static_cast<double>(
        std::count_if(count.begin(), count.end(), [](double n) { return n > 0; }));
    const double all = count[0] + count[1] + count[2];
    e.weight *=
        static_cast<float>(std::min(3.0, all / classes / count[static_cast<std::size_t>(e.label)]));
  }
}

class Vocabulary {
 public:
  std::uint32_t intern(std::string_view name) {
    const auto [slot, fresh] =
        ids_.emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(slot->first);
    return slot->second;
  }
  std::optional<std::uint32_t> find(std::string_view name) const {
    const auto found = ids_.find(std::string(name));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }
  std::size_t size() const { return names_.size(); }
  const std::string& name(std::size_t id) const { return names_[id]; }

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::string> names_;
};

// Turns a text into terms exactly as scoring resolves its features: unknown negated copies fall
// back to the plain word.
class Collecting : public FeatureSink {
 public:
  Collecting(Vocabulary& vocabulary, bool grow, std::vector<Term>& out)
      : vocabulary_(vocabulary), grow_(grow), out_(out) {}

  void add(const Feature& feature) override {
    float turn = feature.negated && feature.plain.empty() ? kNegatedPolarity : 1.0F;
    auto id = grow_ ? vocabulary_.intern(feature.name) : vocabulary_.find(feature.name);
    if (!id && !feature.plain.empty()) {
      id = vocabulary_.find(feature.plain);
      turn = kNegatedPolarity;
    }
    if (id) out_.push_back({*id, feature.value * turn, feature.value});
  }

 private:
  Vocabulary& vocabulary_;
  bool grow_;
  std::vector<Term>& out_;
};

void collect(std::vector<Example>& examples, const Lexicon& rules, Vocabulary& vocabulary,
             bool grow) {
  Prepared prepared;
  for (Example& example : examples) {
    example.terms.clear();
    prepare(example.text, prepared);
    Collecting sink(vocabulary, grow, example.terms);
    example.root = visit_features(prepared, whole(prepared), rules, sink);
  }
}

// Weights with their AdaGrad state. Block 0 is shared by all domains, block d + 1 is what domain d
// adds; only the shared block is written. The bias of the first domain goes with it.
class Model {
 public:
  Model(std::size_t features, int domains, const Options& options)
      : features_(features), options_(options) {
    const std::size_t slots = (features + 1) * static_cast<std::size_t>(domains + 1);
    weights_.resize(slots * 2);
    squares_.assign(slots * 2, 1e-4F);
    sums_.resize(slots * 2);
  }

  std::array<double, 3> probabilities(const Example& e) const {
    double polarity = 0, opinion = 0;
    const std::size_t own = block(e.domain + 1);
    for (const Term& t : e.terms) {
      const std::size_t a = 2 * t.id, b = 2 * (own + t.id);
      polarity += static_cast<double>(t.polarity * (weights_[a] + weights_[b]));
      opinion += static_cast<double>(t.opinion * (weights_[a + 1] + weights_[b + 1]));
    }
    const std::size_t a = 2 * features_, b = 2 * (own + features_);
    polarity =
        polarity / static_cast<double>(e.root) + static_cast<double>(weights_[a] + weights_[b]);
    opinion = opinion / static_cast<double>(e.root) +
              static_cast<double>(weights_[a + 1] + weights_[b + 1]);
    const double up = opinion + polarity / 2, down = opinion - polarity / 2;
    const double most = std::max({0.0, up, down});
    std::array<double, 3> p = {std::exp(down - most), std::exp(-most), std::exp(up - most)};
    const double sum = p[0] + p[1] + p[2];
    for (double& x : p) x /= sum;
    return p;
  }

  void step(const Example& e) {
    const auto p = probabilities(e);
    const double up = p[2] - (e.label == 2 ? 1 : 0), down = p[0] - (e.label == 0 ? 1 : 0);
    const auto polarity = static_cast<float>((up - down) / 2) * e.weight;
    const auto opinion = static_cast<float>(up + down) * e.weight;
    const std::size_t own = block(e.domain + 1);
    for (const Term& t : e.terms) {
      const float gp = polarity * t.polarity / e.root, go = opinion * t.opinion / e.root;
      move(t.id, gp, go, 1);
      move(own + t.id, gp, go, options_.delta);
    }
    move(features_, polarity, opinion, 0);
    move(own + features_, polarity, opinion, 0);
  }

  void remember() {
    for (std::size_t i = 0; i < weights_.size(); ++i) sums_[i] += weights_[i];
    ++remembered_;
  }
  void average() {
    for (std::size_t i = 0; i < weights_.size(); ++i)
      weights_[i] = sums_[i] / static_cast<float>(remembered_);
  }

  // What is written: shared weights and, with `share`, that part of what domain 0 adds.
  WordWeight exported(std::size_t id, float share) const {
    const std::size_t a = 2 * id, b = 2 * (block(1) + id);
    return {weights_[a] + share * weights_[b], weights_[a + 1] + share * weights_[b + 1]};
  }
  std::size_t bias() const { return features_; }

 private:
  std::size_t block(int number) const { return static_cast<std::size_t>(number) * (features_ + 1); }

  void move(std::size_t slot, float polarity, float opinion, double shrink) {
    const std::size_t i = 2 * slot;
    const auto l2 = static_cast<float>(options_.l2 * shrink);
    polarity += l2 * weights_[i];
    opinion += l2 * weights_[i + 1];
    const auto rate = static_cast<float>(options_.rate);
    squares_[i] += polarity * polarity;
    squares_[i + 1] += opinion * opinion;
    weights_[i] -= rate * polarity / std::sqrt(squares_[i]);
    weights_[i + 1] -= rate * opinion / std::sqrt(squares_[i + 1]);
  }

  std::size_t features_;
  Options options_;
  std::vector<float> weights_, squares_, sums_;
  int remembered_ = 0;
};

Model learn(const std::vector<Example>& train, std::size_t features, int domains,
            const Options& options) {
  Model model(features, domains, options);
  std::vector<std::size_t> order(train.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(7);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const std::size_t i : order) model.step(train[i]);
    if (epoch * 3 >= options.epochs) model.remember();
  }
  model.average();
  return model;
}

bool always_kept(const std::string& name, int count) {
  if (name.front() == '<' && name.back() == '>') return true;
  const bool symbol = std::none_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == ' ' || c == '~' || c == '*';
  });
  return symbol && count >= 5 && static_cast<unsigned char>(name.front()) >= 0xE2;
}

// The `keep` features that move the training texts most; rules and frequent emoji always stay.
Vocabulary prune(const Vocabulary& all, const Model& model, const std::vector<int>& counts,
                 float share, std::size_t keep) {
  std::vector<std::pair<float, std::size_t>> ranked;
  Vocabulary kept;
  for (std::size_t id = 0; id < all.size(); ++id) {
    const WordWeight w = model.exported(id, share);
    if (always_kept(all.name(id), counts[id])) {
      kept.intern(all.name(id));
    } else if (counts[id] >= 2) {
      ranked.emplace_back((std::fabs(w.polarity) / 2 + std::fabs(w.opinion)) *
                              std::sqrt(static_cast<float>(counts[id])),
                          id);
    }
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (std::size_t i = 0; i < std::min(keep, ranked.size()); ++i)
    kept.intern(all.name(ranked[i].second));
  return kept;
}

std::vector<int> count_terms(const std::vector<Example>& examples, std::size_t features) {
  std::vector<int> counts(features);
  for (const Example& example : examples)
    for (const Term& term : example.terms) ++counts[term.id];
  return counts;
}

// Scores with the table that is to be written, through the same code as the program.
void report(const std::vector<Example>& held_out, const std::vector<std::string>& domains,
            const Lexicon& lexicon) {
  std::vector<std::array<std::array<int, 3>, 3>> tables(domains.size());
  Prepared prepared;
  for (const Example& e : held_out) {
    prepare(e.text, prepared);
    const int said = static_cast<int>(sentiment_of(prepared, lexicon).label) + 1;
    ++tables[static_cast<std::size_t>(e.domain)][static_cast<std::size_t>(e.label)]
            [static_cast<std::size_t>(said)];
  }
  double mean = 0;
  int sets = 0;
  for (std::size_t d = 0; d < domains.size(); ++d) {
    double recall = 0;
    int classes = 0, n = 0;
    std::string detail;
    for (std::size_t c = 0; c < 3; ++c) {
      const int all = tables[d][c][0] + tables[d][c][1] + tables[d][c][2];
      n += all;
      if (all == 0) continue;
      ++classes;
      recall += static_cast<double>(tables[d][c][c]) / all;
      detail += fmt::format(" {:.3f}", static_cast<double>(tables[d][c][c]) / all);
    }
    if (n == 0) continue;
    fmt::print("{:12} n {:5}  macro-recall {:.4f}  ({} )\n", domains[d], n, recall / classes,
               detail);
    mean += recall / classes;
    ++sets;
  }
  fmt::print("mean {:.4f}\n", mean / std::max(sets, 1));
}

std::string write_weights(const Vocabulary& vocabulary, const Model& model, float share) {
  std::vector<std::string> lines;
  const auto line = [&](const std::string& name, WordWeight w) {
    const bool nothing = std::fabs(w.polarity) < 0.005F && std::fabs(w.opinion) < 0.005F;
    if (!nothing || name.front() == '<')
      lines.push_back(fmt::format("{}\t{:.2f}\t{:.2f}\n", name, w.polarity, w.opinion));
  };
  for (std::size_t id = 0; id < vocabulary.size(); ++id)
    line(vocabulary.name(id), model.exported(id, share));
  line("<bias>", model.exported(model.bias(), share));
  std::sort(lines.begin(), lines.end());
  std::string out =
      "# Learned by tools/learn_weights: feature, polarity, opinion; see docs/add-a-language.md.\n";
  for (const std::string& text : lines) out += text;
  return out;
}

std::vector<std::pair<std::string, std::string>> read_files(const std::string& folder,
                                                            bool weights) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!is_sentiment_file(name) || (name == "weights.tsv" && !weights)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    out.emplace_back(name, std::string(std::istreambuf_iterator<char>(in), {}));
  }
  return out;
}

bool read_into(Lexicon& lexicon, const std::vector<std::pair<std::string, std::string>>& files,
               const std::string& where) {
  const std::vector<LanguageFile> views(files.begin(), files.end());
  const Status status = read_lexicon(views, where, lexicon);
  if (!status) fmt::print(stderr, "{}\n", describe(status.error()));
  return status.has_value();
}

int run(const Options& options) {
  const std::string own = options.folder + "/" + options.code;
  const auto rule_files = read_files(own, false);
  Lexicon rules;
  if (!read_into(rules, rule_files, own)) return 1;
  Corpus corpus = read_corpus(options);
  for (auto* part : {&corpus.train, &corpus.held_out}) {
    for (Example& example : *part) {
      Document document;
      document.text = std::move(example.text);
      example.text = normalize(std::move(document)).text;
    }
  }
  drop_known(corpus);
  if (corpus.train.empty()) return 1;
  const int domains = static_cast<int>(corpus.domains.size());
  balance(corpus.train, domains);
  const auto share = static_cast<float>(options.share >= 0 ? options.share
                                        : domains > 1      ? kShare
                                                           : 1.0);
  Vocabulary all;
  collect(corpus.train, rules, all, true);
  const auto counts = count_terms(corpus.train, all.size());
  const Model wide = learn(corpus.train, all.size(), domains, options);
  Vocabulary kept = prune(all, wide, counts, share, options.keep);
  collect(corpus.train, rules, kept, false);
  const Model model = learn(corpus.train, kept.size(), domains, options);
  const std::string weights = write_weights(kept, model, share);
  Lexicon lexicon;
  const std::string shared = options.folder + "/und";
  if (!read_into(lexicon, read_files(shared, true), shared)) return 1;
  if (!read_into(lexicon, rule_files, own)) return 1;
  if (!read_into(lexicon, {{"weights.tsv", weights}}, own)) return 1;
  fmt::print("{}: {} texts, {} features seen, {} kept, {} bytes\n", options.code,
             corpus.train.size(), all.size(), kept.size(), weights.size());
  report(corpus.held_out, corpus.domains, lexicon);
  if (!options.write) return 0;
  std::ofstream out(own + "/weights.tsv", std::ios::binary);
  out << weights;
  return out ? 0 : 1;
}

}  // namespace
}  // namespace plumbline

int main(int argc, char** argv) {
  plumbline::Options options;
  std::vector<std::string> plain;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--write") {
      options.write = true;
    } else if (word.rfind("--", 0) != 0) {
      plain.push_back(word);
    } else {
      ++i;
      if (word == "--keep") options.keep = static_cast<std::size_t>(std::atoll(value));
      if (word == "--epochs") options.epochs = std::atoi(value);
      if (word == "--rate") options.rate = std::atof(value);
      if (word == "--l2") options.l2 = std::atof(value);
      if (word == "--delta") options.delta = std::atof(value);
      if (word == "--share") options.share = std::atof(value);
    }
  }
  if (plain.size() != 3) {
    fmt::print(stderr, "usage: learn_weights DATA_DIR LANG_DIR CODE [--write] [--keep N] ...\n");
    return 2;
  }
  options.data = plain[0];
  options.folder = plain[1];
  options.code = plain[2];
  return plumbline::run(options);
}
