#include "nlp/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/comparisons.h"
#include "nlp/conditions.h"
#include "nlp/cues.h"
#include "nlp/deeper.h"
#include "nlp/entities.h"
#include "nlp/fast_reading.h"
#include "nlp/fast_words.h"
#include "nlp/irony.h"
#include "nlp/language.h"
#include "nlp/language_files.h"
#include "nlp/own_words.h"
#include "nlp/sentiment.h"
#include "nlp/statement_reading.h"
#include "nlp/symbols.h"
#include "nlp/term_reading.h"

namespace plumbline {
namespace {

// Raised when code changes what an analysis says.
constexpr std::string_view kCodeVersion = "reading-8";
constexpr std::string_view kCueFiles[] = {"cues.txt", "themes.txt", "talk.txt", "stop.txt"};

bool is_cue_file(std::string_view name) {
  return std::find(std::begin(kCueFiles), std::end(kCueFiles), name) != std::end(kCueFiles);
}

struct LanguagePart {
  Lexicon lexicon;
  Cues cues;
  Comparisons comparisons;
  Conditions conditions;
  IronySigns irony;
  bool has_cues = true;  // false: a model finds the statements
};

// The scratch of one thread: what is prepared for one document and overwritten by the next.
struct Scratch {
  Document set_aside;  // a document without the words of others, where it holds some
  Prepared text, title;
  EntityFindings entities;
  FastScratch fast, sentence;
  TermScratch terms;
  std::vector<FoundTerm> found;
  std::vector<Span> terms_at;  // where they are
  std::vector<Compared> compared;
  std::vector<Span> told;  // signs of irony
  StatementScratch statements;
};

}  // namespace

struct Analyzer::Parts {
  std::map<std::string, LanguagePart, std::less<>> languages;
  LanguageFinder finder;
  EntityFinder entities;
  FastModel model;
  std::optional<TermModel> terms;            // none: only aspects of fixed names are found
  std::optional<StatementModel> statements;  // none: cues alone find statements
  std::shared_ptr<const FastWords> known;    // none: mistyped words are read as they stand
  std::string version;

  // The learned model judges the languages it knows, unless their folder says otherwise; the word
  // list judges the others.
  bool is_learned(const LanguagePart& part, std::string_view code) const {
    return part.lexicon.level == "learned" && model.knows(code);
  }

  bool tells_statements(std::string_view code) const {
    return statements && statements->knows(code);
  }

  // What was named is left in the scratch.
  Analysis analyze(const Document& document, Scratch& own) const;

  const LanguagePart* part_of(std::string_view code) const {
    const auto found = languages.find(code);
    return found == languages.end() ? nullptr : &found->second;
  }

  // The part that an analysis was made with, its text prepared in the scratch again.
  const LanguagePart* part_again(const Document& given, std::string_view lang, Scratch& own) const;
};

namespace {

// The lines of a cues.txt that name words, not patterns, which take long to read.
std::string word_lines(std::string_view content) {
  std::string out;
  for (const std::string_view line : split(content, '\n'))
    if (line.starts_with("skip\t")) out.append(line).append("\n");
  return out;
}

// `without_cues`: a model finds its statements.
Result<LanguagePart> read_language(const LanguageFolder& folder, const Lexicon& shared,
                                   bool without_cues) {
  std::vector<LanguageFile> sentiment, cues;
  std::string words;
  std::string_view compare, conditions, irony;
  for (const auto& [name, content] : folder.files) {
    if (is_sentiment_file(name)) {
      sentiment.emplace_back(name, content);
    } else if (name == "compare.txt") {
      compare = content;
    } else if (name == "conditions.txt") {
      conditions = content;
    } else if (name == "irony.txt") {
      irony = content;
    } else if (without_cues && name == "cues.txt") {
      words = word_lines(content);
      cues.emplace_back(name, words);
    } else if (is_cue_file(name)) {
      cues.emplace_back(name, content);
    } else if (name != "brands.txt" && name != "entities.txt" && name != "offers.txt") {
      return fail(ErrorCode::invalid, "is no file of a language folder", folder.where + "/" + name);
    }
  }
  const auto here = [&](Error error) {
    error.where = error.where.empty() ? folder.where : folder.where + "/" + error.where;
    return error;
  };
  LanguagePart part{shared,
                    PLUMBLINE_TRY(Cues::load(cues).map_error(here)),
                    PLUMBLINE_TRY(Comparisons::load(compare).map_error(here)),
                    PLUMBLINE_TRY(Conditions::load(conditions).map_error(here)),
                    PLUMBLINE_TRY(IronySigns::load(irony).map_error(here)),
                    !without_cues};
  PLUMBLINE_CHECK(read_lexicon(sentiment, folder.where, part.lexicon));
  return part;
}

// Eight digits that change with any byte of any language file or of the models, "own-" before them
// where a user's own labels shift the fast one.
std::string version_of(const LanguageFolders& folders, const Analyzer::Parts& parts) {
  const FastModel& model = parts.model;
  std::uint64_t sum = hash64(model.name());
  if (parts.terms) sum = hash64(parts.terms->name(), sum);
  if (parts.known) sum = hash64(parts.known->name(), sum);
  if (parts.statements) sum = hash64(parts.statements->name(), sum);
  for (const auto& [code, folder] : folders)
    for (const auto& [name, content] : folder.files)
      sum = hash64(content, hash64(code + "/" + name, sum));
  return fmt::format("{}-{}{}", kCodeVersion, model.is_own() ? "own-" : "",
                     hex64(sum).substr(0, 8));
}

Scratch& scratch() {
  thread_local Scratch own;
  return own;
}

// The bytes of a model file, kept in `room`, or those of the built-in one of that name where they
// lie; empty where none is built in.
Result<std::string_view> model_bytes(const std::string& file, const std::string& built_in,
                                     std::string& room) {
  if (file.empty()) return embedded(built_in);
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorCode::not_found, "the model cannot be read", file);
  room.assign(std::istreambuf_iterator<char>(in), {});
  return std::string_view(room);
}

// None where none is built in and no file is named.
template <class Model>
Result<std::optional<Model>> read_model(const std::string& file, const std::string& built_in) {
  std::string room;
  const std::string_view bytes = PLUMBLINE_TRY(model_bytes(file, built_in, room));
  if (file.empty() && bytes.empty()) return std::optional<Model>();
  return std::optional<Model>(PLUMBLINE_TRY(Model::read(bytes, file.empty() ? built_in : file)));
}

Status read_models(const Analyzer::ModelFiles& files, Analyzer::Parts& parts) {
  const std::string fast = "models/fast.bin";
  std::string room;
  const std::string_view bytes = PLUMBLINE_TRY(model_bytes(files.fast, fast, room));
  parts.model = PLUMBLINE_TRY(FastModel::read(bytes, files.fast.empty() ? fast : files.fast));
  parts.known = PLUMBLINE_TRY(FastWords::of_model(files.fast, parts.model.is_own()));
  parts.terms = PLUMBLINE_TRY(read_model<TermModel>(files.aspects, "models/aspects.bin"));
  parts.statements =
      PLUMBLINE_TRY(read_model<StatementModel>(files.statements, "models/statements.bin"));
  return {};
}

}  // namespace

Analyzer::Analyzer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

Result<Analyzer> Analyzer::load(const std::string& folder, const ModelFiles& files) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(folder, folders));
  auto parts = std::make_unique<Parts>();
  PLUMBLINE_CHECK(read_models(files, *parts));
  parts->version = version_of(folders, *parts);
  parts->entities = PLUMBLINE_TRY(EntityFinder::load(folders));
  Lexicon shared;
  if (const auto found = folders.find(std::string(kSharedLanguage)); found != folders.end()) {
    LanguagePart any = PLUMBLINE_TRY(read_language(found->second, {}, false));
    shared = std::move(any.lexicon);
    shared.level.clear();
    folders.erase(found);
  }
  for (const auto& [code, language] : folders) {
    // Cues of the user's own come before the model.
    const bool without_cues =
        language.built_in && parts->tells_statements(code) && parts->model.knows(code);
    LanguagePart part = PLUMBLINE_TRY(read_language(language, shared, without_cues));
    if (code == "en") part.lexicon.known = parts->known;
    parts->languages.emplace(code, std::move(part));
    if (const auto stop = language.files.find("stop.txt"); stop != language.files.end())
      parts->finder.add_stop_words(code, stop->second);
  }
  return Analyzer(std::move(parts));
}

namespace {

// Pictures mean the same in every language; signs and emoticons of ASCII are none.
bool holds_emoji(std::string_view text) {
  Symbol symbol;
  const auto end = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = 0; next_symbol(text, at, end, symbol);)
    if (!is_ascii(symbol.name)) return true;
  return false;
}

// A text in no known language that might be English: too short or too mixed to tell, as many posts
// are, or of emoji alone.
bool may_be_english(std::string_view lang, const Prepared& text) {
  if (lang != "und") return false;
  return text.words.empty() ? holds_emoji(text.text) : is_ascii(text.text);
}

// What a document without a text says stands in its title.
const Prepared& spoken(const Scratch& own) {
  return own.text.words.empty() && !own.title.words.empty() ? own.title : own.text;
}

// The model learned from posts of a sentence or two; what a review of ten says is the sum of what
// they say, not the judgement of a heap of words. So the mean of the sentences' shares, where
// neutral ones, which tell little, weigh less the more there are. False: the text is short.
bool judge_by_sentences(const FastModel& model, const Lexicon& lexicon, std::string_view lang,
                        Scratch& own, Sentiment& out) {
  constexpr std::size_t kFewestSentences = 4, kFewestWords = 40;
  const Prepared& text = own.text;
  if (text.sentences.size() < kFewestSentences || text.words.size() < kFewestWords) return false;
  float sums[3] = {};
  std::size_t count = 0;
  own.sentence.rows = model.rows();
  for (const Piece& piece : text.sentences) {
    own.sentence.slots.clear();
    read_fast(text.text.substr(piece.begin, piece.end - piece.begin), lexicon, lang, own.sentence);
    if (own.sentence.tokens.tokens.empty()) continue;
    const Sentiment mood = model.sentiment(own.sentence.slots, lang);
    sums[0] += mood.negative;
    sums[1] += mood.neutral;
    sums[2] += mood.positive;
    ++count;
  }
  if (count < kFewestSentences) return false;
  sums[1] /= std::sqrt(static_cast<float>(count));
  const float all = sums[0] + sums[1] + sums[2];
  out = sentiment_from(sums[0] / all, sums[1] / all, sums[2] / all);
  return true;
}

void judge_by_model(const FastModel& model, const Lexicon& lexicon, std::string_view lang,
                    const Document& document, Scratch& own, Analysis& out) {
  FastScratch& fast = own.fast;
  fast.rows = model.rows();
  fast.slots.clear();
  if (!own.title.words.empty()) read_fast(document.title, lexicon, lang, fast);
  read_fast(document.text, lexicon, lang, fast);  // last: find_terms goes on with its tokens
  FastAnswer answer = model.answer(fast.slots, lang, fast.notes, fast.up_to);
  if (!judge_by_sentences(model, lexicon, lang, own, out.sentiment))
    out.sentiment = answer.sentiment;
  out.emotion = answer.emotion;
  // Learned from English alone.
  if (lang == "en") out.irony = irony_at_large(answer.irony);
  out.model = model.name();
}

void judge_by_list(const Lexicon& lexicon, const Scratch& own, Analysis& out) {
  Weighing evidence;
  add_evidence(own.text, whole(own.text), lexicon, evidence);
  if (!own.title.words.empty()) add_evidence(own.title, whole(own.title), lexicon, evidence);
  out.sentiment = judge(evidence, lexicon);
  out.model = "lexicon";
}

Polarity clause_polarity(const FastModel* model, const Lexicon& lexicon, std::string_view lang,
                         Span span, Scratch& own) {
  const TextPart clause = clause_around(own.text, span, lexicon);
  if (model == nullptr) {
    Weighing evidence;
    add_evidence(own.text, clause, lexicon, evidence);
    return judge(evidence, lexicon).label;
  }
  own.fast.slots.clear();
  read_fast(own.text.text.substr(clause.bytes.begin, clause.bytes.end - clause.bytes.begin),
            lexicon, lang, own.fast);
  return model->sentiment(own.fast.slots, lang).label;
}

bool overlaps_any(Span span, const std::vector<FoundTerm>& terms) {
  return std::ranges::any_of(terms, [&](const FoundTerm& term) {
    return term.span.begin < span.end && span.begin < term.span.end;
  });
}

// Colours the aspects that the cues found by their clauses and joins the terms to them.
void settle_aspects(const FastModel* model, const Lexicon& lexicon, std::string_view lang,
                    Scratch& own, std::vector<AspectFinding>& aspects) {
  for (AspectFinding& aspect : aspects)
    if (!overlaps_any(aspect.span, own.found))  // else the term colours it
      aspect.label = clause_polarity(model, lexicon, lang, aspect.span, own);
  if (!own.found.empty()) add_terms(own.text.text, own.found, aspects);
}

// The document itself, or a copy with blanks in place of what others wrote.
const Document& own_of(const Document& document, Scratch& own) {
  if (!holds_others_words(document.text)) return document;
  own.set_aside.title = document.title;
  own.set_aside.lang = document.lang;
  own.set_aside.published_at = document.published_at;
  own.set_aside.text = with_own_words(document.text);
  return own.set_aside;
}

// Gives both sides of each comparison their polarity among the aspects.
void settle_comparisons(const LanguagePart& part, Scratch& own,
                        std::vector<AspectFinding>& aspects) {
  own.compared.clear();
  part.comparisons.find(own.text, part.lexicon, aspects, own.compared);
  add_compared(own.text.text, own.compared, aspects);
}

}  // namespace

Analysis Analyzer::analyze(const Document& document) const {
  Scratch& own = scratch();
  return parts_->analyze(own_of(document, own), own);
}

Analysis Analyzer::analyze(const Document& document, Named& named) const {
  Scratch& own = scratch();
  Analysis out = parts_->analyze(own_of(document, own), own);
  named = own.entities;
  return out;
}

Named Analyzer::name(const Document& given, std::string_view lang) const {
  Scratch& own = scratch();
  const Document& document = own_of(given, own);
  prepare(document.text, own.text);
  if (parts_->part_of(lang) == nullptr && may_be_english(lang, own.text)) lang = "en";
  parts_->entities.find(PlainWords(own.text), lang, document.published_at, own.entities);
  return own.entities;
}

const LanguagePart* Analyzer::Parts::part_again(const Document& given, std::string_view lang,
                                                Scratch& own) const {
  prepare(own_of(given, own).text, own.text);
  const LanguagePart* part = part_of(lang);
  return part == nullptr && may_be_english(lang, own.text) ? part_of("en") : part;
}

void Analyzer::complete_statements(const Document& document, const Analysis& analysis,
                                   std::vector<StatementSpan>& statements) const {
  if (statements.empty()) return;
  Scratch& own = scratch();
  const LanguagePart* part = parts_->part_again(document, analysis.lang, own);
  if (part == nullptr) return;
  own.terms_at.clear();
  for (const AspectFinding& each : analysis.aspects)
    if (!has_fixed_name(each)) own.terms_at.push_back(each.span);
  const PlainWords words(own.text);
  part->cues.name_topics(words, own.terms_at, statements);
  part->conditions.find(words, part->lexicon, statements);
}

std::array<float, 3> Analyzer::own_shift(const Document& given, std::string_view lang) const {
  if (!parts_->model.is_own()) return {};
  Scratch& own = scratch();
  const LanguagePart* part = parts_->part_again(given, lang, own);
  if (part == nullptr) return {};
  if (lang == "und") lang = "en";
  own.fast.rows = parts_->model.rows();
  own.fast.slots.clear();
  if (!given.title.empty()) read_fast(given.title, part->lexicon, lang, own.fast);
  read_fast(own.text.text, part->lexicon, lang, own.fast);
  return parts_->model.own_shift(own.fast.slots, lang);
}

void Analyzer::compare(const Document& document, Analysis& analysis) const {
  Scratch& own = scratch();
  if (const LanguagePart* part = parts_->part_again(document, analysis.lang, own))
    settle_comparisons(*part, own, analysis.aspects);
}

Analysis Analyzer::Parts::analyze(const Document& document, Scratch& own) const {
  prepare(document.text, own.text);
  prepare(document.title, own.title);
  Analysis out;
  out.version = version;
  out.tier = "fast";
  out.lang = finder.find(spoken(own), document.lang);
  const LanguagePart* part = part_of(out.lang);
  std::string_view lang = out.lang;
  if (part == nullptr && may_be_english(lang, spoken(own))) {
    part = part_of("en");
    lang = "en";
  }
  out.scored = false;
  const PlainWords words(own.text);
  entities.find(words, lang, document.published_at, own.entities);
  if (part == nullptr) return out;
  // The model knows emoji beside words; alone, the lists do.
  const bool wordless = spoken(own).words.empty();
  const FastModel* learned = is_learned(*part, lang) && !wordless ? &model : nullptr;
  out.scored = part->lexicon.scores();
  if (out.scored && learned != nullptr)
    judge_by_model(*learned, part->lexicon, lang, document, own, out);
  if (out.scored && learned == nullptr) judge_by_list(part->lexicon, own, out);
  own.told.clear();
  part->irony.find(words, own.told);
  if (!own.told.empty()) out.irony = kToldIrony;
  own.found.clear();
  if (out.scored && learned != nullptr && terms && lang == "en")
    read_terms(document.text, own.fast, {*learned, *terms, part->lexicon}, own.terms, own.found);
  CueFindings findings;
  if (learned != nullptr && !part->has_cues) {
    std::vector<StatementSpan> stated;
    read_statements({own.text, own.fast, lang, out.sentiment}, *statements, own.statements, stated);
    own.terms_at.clear();
    for (const FoundTerm& each : own.found) own.terms_at.push_back(each.span);
    part->cues.find_around(words, {own.entities.offers, own.terms_at}, std::move(stated), findings);
  } else {
    part->cues.find(words, own.entities.offers, findings);
  }
  if (out.scored) settle_aspects(learned, part->lexicon, lang, own, findings.aspects);
  out.aspects = std::move(findings.aspects);
  settle_comparisons(*part, own, out.aspects);
  out.statements = std::move(findings.statements);
  part->conditions.find(words, part->lexicon, out.statements);
  out.price_talk = findings.price_talk;
  out.value_talk = findings.value_talk;
  return out;
}

std::vector<Reason> Analyzer::explain(const Document& given, bool without_sentiment) const {
  Scratch& own = scratch();
  const Document& document = own_of(given, own);
  prepare(document.text, own.text);
  prepare(document.title, own.title);
  std::vector<Reason> out;
  std::string lang = parts_->finder.find(spoken(own), document.lang);
  const LanguagePart* part = parts_->part_of(lang);
  if (part == nullptr && may_be_english(lang, spoken(own))) part = parts_->part_of(lang = "en");
  if (part == nullptr) return out;
  const bool scores = part->lexicon.scores() && !without_sentiment;
  const bool by_model = parts_->is_learned(*part, lang) && !spoken(own).words.empty();
  if (scores && by_model)
    explain_fast(document.text, parts_->model, part->lexicon, lang, own.fast, out);
  else if (scores)
    explain_sentiment(own.text, part->lexicon, out);
  CueFindings findings;
  const PlainWords words(own.text);
  parts_->entities.find(words, lang, document.published_at, own.entities);
  const FastModel* learned = by_model ? &parts_->model : nullptr;
  if (learned != nullptr && !part->has_cues) {
    Analysis judged;
    judge_by_model(*learned, part->lexicon, lang, document, own, judged);
    std::vector<StatementSpan> stated;
    read_statements({own.text, own.fast, lang, judged.sentiment}, *parts_->statements,
                    own.statements, stated, &out);
    part->cues.find_around(words, {own.entities.offers, {}}, std::move(stated), findings, &out);
  } else {
    part->cues.find(words, own.entities.offers, findings, &out);
  }
  own.told.clear();
  part->irony.find(words, own.told);
  for (const Span& each : own.told) out.push_back({each, "irony: may not be meant", kToldIrony});
  own.compared.clear();
  part->comparisons.find(own.text, part->lexicon, findings.aspects, own.compared);
  for (const Compared& each : own.compared) {
    const bool above = each.label == Polarity::positive;
    out.push_back(
        {each.name, above ? "comparison: above" : "comparison: below", above ? 1.0F : -1.0F});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Reason& a, const Reason& b) { return a.span.begin < b.span.begin; });
  return out;
}

const std::string& Analyzer::version() const { return parts_->version; }

std::vector<std::string> Analyzer::languages() const {
  std::vector<std::string> out;
  for (const auto& [code, part] : parts_->languages)
    if (part.lexicon.scores()) out.push_back(code);
  return out;
}

}  // namespace plumbline
