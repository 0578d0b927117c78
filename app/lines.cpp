#include "app/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <thread>
#include <unordered_map>

#include "app/analysis_json.h"
#include "app/entity_lines.h"
#include "app/files.h"
#include "app/workers.h"
#include "base/text.h"
#include "crawler/json_reader.h"
#include "crawler/robots.h"
#include "model/fingerprint.h"
#include "nlp/fingerprint.h"
#include "nlp/normalize.h"
#include "nlp/topics.h"

namespace plumbline {
namespace {

using AnyJson = nlohmann::ordered_json;

constexpr std::size_t kChunk = 4096;
constexpr std::size_t kTogether = 64;  // lines that one worker takes at a time
constexpr std::size_t kLongest = 64u << 20;

// Valid UTF-8 of the same length, so that offsets hold: each bad byte becomes a blank.
std::string same_length_utf8(std::string_view text) {
  std::string out(text);
  if (is_utf8(text) && text.find('\0') == std::string_view::npos) return out;
  std::size_t begin = 0;
  while (begin < out.size()) {
    std::size_t length = 1;
    while (length < 4 && begin + length <= out.size() &&
           !is_utf8(std::string_view(out).substr(begin, length)))
      ++length;
    const bool good = begin + length <= out.size() &&
                      is_utf8(std::string_view(out).substr(begin, length)) && out[begin] != '\0';
    if (!good) {
      out[begin] = ' ';
      length = 1;
    }
    begin += length;
  }
  return out;
}

// `text_of` gives the string of that name, empty where there is none.
template <class TextOf>
void take_fields(const TextOf& text_of, Document& document) {
  document.source = text_of("source");
  document.lang = text_of("lang");
  if (const auto published = parse_time(text_of("published_at")))
    document.published_at = *published;
  document.title = text_of("title");
  document.text = text_of("text");
}

// For what the quick reader takes for broken, as a whole number beyond 64 bits.
bool document_of_any(const std::string& line, Document& document) {
  const AnyJson json = AnyJson::parse(line, nullptr, false);
  if (!json.is_object()) return false;
  const auto id = json.find("id");
  if (id != json.end())
    document.id = id->is_string()   ? id->get<std::string>()
                  : id->is_number() ? id->dump()
                                    : std::string();
  take_fields(
      [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
      },
      document);
  const auto text = json.find("text");
  return text != json.end() ? text->is_string() : !document.title.empty();
}

// A document of one JSON line, as given; false if it is none.
bool document_of(const std::string& line, JsonDocument& reader, Document& document) {
  if (!reader.read(line)) return document_of_any(line, document);
  const Json root = reader.root();
  if (!root.is_object()) return false;
  if (const Json id = root["id"]; id.exists())
    document.id = id.is_text() || id.is_number() ? id.text() : std::string();
  const auto text_of = [&](const char* key) {
    const Json value = root[key];
    return value.is_text() ? value.text() : std::string();
  };
  take_fields(text_of, document);
  const Json text = root["text"];
  return text.exists() ? text.is_text() : !document.title.empty();
}

struct NumberedLine {
  const std::string& text;
  std::int64_t number = 0;  // from 1
};

// The document of one line; false where the line is broken, and then `answer` says so.
bool read_line(const AnalyzeOptions& options, const NumberedLine& line, JsonDocument& reader,
               Document& document, std::string& answer) {
  document.id = std::to_string(line.number);
  if (!options.json_lines) {
    document.text = same_length_utf8(line.text);
    return true;
  }
  if (document_of(line.text, reader, document)) return true;
  answer = fmt::format("{{\"id\":{},\"error\":\"line {} is no JSON object with a text\"}}\n",
                       json_quote(document.id), line.number);
  return false;
}

std::vector<Reason> why_of(const Analyzer& analyzer, const AnalyzeOptions& options,
                           const Document& document, const Analysis& analysis) {
  if (analysis.tier != "full") return analyzer.explain(document, analysis);
  return explain_deeper(*options.full, analyzer, document, analysis);
}

// One answer for each line, of which the first has the number `number`.
AnalyzedLines answer_lines(const Analyzer& analyzer, const AnalyzeOptions& options,
                           std::span<const std::string> lines, std::int64_t number,
                           std::span<std::string> answers) {
  std::vector<Document> documents(lines.size());
  std::vector<Analysis> analyses(lines.size());
  std::vector<Named> named(lines.size());
  std::vector<std::size_t> whole;  // the lines that are not broken
  std::vector<FastRead> reads;
  JsonDocument reader;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const NumberedLine line{lines[i], number + static_cast<std::int64_t>(i)};
    if (!read_line(options, line, reader, documents[i], answers[i])) continue;
    analyses[i] = analyzer.analyze(documents[i], named[i]);
    whole.push_back(i);
    reads.push_back({&documents[i], &analyses[i]});
  }
  AnalyzedLines out;
  if (options.full != nullptr) read_deeper(*options.full, analyzer, options.depth, reads);
  for (const std::size_t i : whole) {
    if (options.full != nullptr && !options.full->reads(analyses[i].lang)) ++out.not_known;
    std::vector<Reason> why;
    if (options.explain) why = why_of(analyzer, options, documents[i], analyses[i]);
    if (options.brands != nullptr) {
      add_brands(*options.brands, documents[i], named[i], options.explain ? &why : nullptr);
      analyzer.colour(documents[i], analyses[i], named[i].entities);
    }
    answers[i] =
        analysis_json(documents[i].id, analyses[i], named[i], options.explain ? &why : nullptr);
    answers[i] += '\n';
  }
  out.lines = static_cast<std::int64_t>(lines.size());
  out.broken = static_cast<std::int64_t>(lines.size() - whole.size());
  return out;
}

void add_to(AnalyzedLines& sum, const AnalyzedLines& part) {
  sum.lines += part.lines;
  sum.broken += part.broken;
  sum.not_known += part.not_known;
}

Result<std::vector<std::string>> all_lines(ByteSource& bytes) {
  LineReader reader(bytes);
  std::vector<std::string> lines;
  std::string line;
  while (PLUMBLINE_TRY(reader.next(line))) lines.push_back(line);
  return lines;
}

std::string normal_text(const std::string& line) {
  Document document;
  document.text = line;
  return normalize(std::move(document)).text;
}

}  // namespace

Result<bool> LineReader::next(std::string& line) {
  for (;;) {
    const auto end = buffer_.find('\n', at_);
    if (end != std::string::npos || (ended_ && at_ < buffer_.size())) {
      const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
      line.assign(buffer_, at_, stop - at_);
      at_ = end == std::string::npos ? buffer_.size() : end + 1;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return true;
    }
    if (ended_) return false;
    buffer_.erase(0, at_);
    at_ = 0;
    if (buffer_.size() > kLongest) return fail(ErrorCode::invalid, "a line is longer than 64 MiB");
    const std::size_t old = buffer_.size();
    buffer_.resize(old + (1u << 18));
    const std::size_t got = PLUMBLINE_TRY(bytes_.read(buffer_.data() + old, 1u << 18));
    buffer_.resize(old + got);
    ended_ = got == 0;
  }
}

std::string document_json(const Document& d) {
  AnyJson json = {{"source", d.source}, {"id", d.id}};
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  text("site", d.site);
  text("url", d.url);
  if (!d.author.id.empty() || !d.author.handle.empty() || !d.author.name.empty()) {
    AnyJson author = AnyJson::object();
    if (!d.author.id.empty()) author["id"] = d.author.id;
    if (!d.author.handle.empty()) author["handle"] = d.author.handle;
    if (!d.author.name.empty()) author["name"] = d.author.name;
    json["author"] = author;
  }
  text("published_at", format_utc(d.published_at));
  text("lang", d.lang);
  text("title", d.title);
  text("text", d.text);
  text("parent", d.parent);
  if (d.rating) json["rating"] = *d.rating;
  if (d.likes) json["likes"] = *d.likes;
  if (d.shares) json["shares"] = *d.shares;
  text("place", d.place);
  text("licence", d.licence);
  text("brand", d.brand);
  if (d.from_session) json["from_session"] = true;
  return json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

Result<AnalyzedLines> analyze_lines(const Analyzer& analyzer, ByteSource& bytes,
                                    const AnalyzeOptions& options, const LineSink& sink) {
  const std::size_t workers = worker_count(options.threads);
  LineReader reader(bytes);
  std::vector<std::string> lines, answers;
  AnalyzedLines out;
  for (bool more = true; more;) {
    lines.clear();
    std::string line;
    while (lines.size() < kChunk && (more = PLUMBLINE_TRY(reader.next(line))))
      lines.push_back(line);
    answers.assign(lines.size(), {});
    std::vector<AnalyzedLines> parts(workers);
    std::atomic<std::size_t> next = 0;
    const auto work = [&](std::size_t worker) {
      for (std::size_t i = next.fetch_add(kTogether); i < lines.size();
           i = next.fetch_add(kTogether)) {
        const std::size_t count = std::min(kTogether, lines.size() - i);
        const std::int64_t number = out.lines + static_cast<std::int64_t>(i) + 1;
        add_to(parts[worker], answer_lines(analyzer, options, {lines.data() + i, count}, number,
                                           {answers.data() + i, count}));
      }
    };
    std::vector<std::thread> threads;
    for (std::size_t worker = 1; worker < workers && lines.size() > kTogether; ++worker)
      threads.emplace_back(work, worker);
    work(0);
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) sink(answer);
    for (const AnalyzedLines& part : parts) add_to(out, part);
  }
  return out;
}

Status cluster_lines(ByteSource& bytes, const ClusterLinesOptions& options, const LineSink& sink) {
  std::vector<std::string> lines = PLUMBLINE_TRY(all_lines(bytes));
  for (std::string& line : lines) line = normal_text(line);
  TopicOptions wish;
  wish.topics = options.clusters;
  wish.seed = options.seed;
  const std::vector<std::string_view> texts(lines.begin(), lines.end());
  const Topics topics = find_topics(texts, {}, wish);
  for (std::size_t i = 0; i < lines.size(); ++i)
    sink(fmt::format("{{\"line\":{},\"cluster\":{}}}\n", i + 1, topics.topic_of[i]));
  if (options.topics_file.empty()) return {};
  std::string out;
  for (const TopicInfo& topic : topics.topics) {
    const AnyJson json = {{"cluster", topic.id}, {"label", topic.label}, {"words", topic.words}};
    out += json.dump(-1, ' ', false, AnyJson::error_handler_t::replace) + "\n";
  }
  return write_file(options.topics_file, out);
}

Status duplicate_lines(ByteSource& bytes, const LineSink& sink) {
  const std::vector<std::string> lines = PLUMBLINE_TRY(all_lines(bytes));
  std::vector<Fingerprint> prints;
  std::unordered_map<std::uint64_t, std::size_t> by_text;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_band;
  std::vector<std::size_t> group(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text = normal_text(lines[i]);
    prints.push_back(fingerprint(text));
    const Fingerprint& print = prints.back();
    group[i] = i;
    const std::uint64_t key = print.folded != 0 ? print.folded : hash64(text, 7);
    const auto [same, fresh] = by_text.emplace(key, i);
    if (!fresh) {
      group[i] = group[same->second];
      continue;
    }
    double best = kCopySimilarity;
    for (const std::uint32_t band : print.bands)
      for (const std::size_t other : by_band[band])
        if (const double alike = sketch_similarity(print.sketch, prints[other].sketch);
            alike >= best) {
          best = alike;
          group[i] = group[other];
        }
    for (const std::uint32_t band : print.bands) by_band[band].push_back(i);
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    sink(fmt::format("{{\"line\":{},\"group\":{}}}\n", i + 1, group[i] + 1));
  return {};
}

Status parse_reply(const Source& source, std::string_view body, const SourceQuery& query,
                   const ReplyContext& context, const LineSink& sink) {
  Page page = PLUMBLINE_TRY(source.parse(body, query, context));
  for (Document& document : page.documents) {
    if (document.source.empty()) document.source = std::string(source.name);
    if (document.brand.empty()) document.brand = query.brand;
    sink(document_json(normalize(std::move(document))) + "\n");
  }
  const std::string resume = page.resume.empty() ? "" : ",\"resume\":" + json_quote(page.resume);
  sink("{\"cursor\":" + (page.next.empty() ? "null" : json_quote(page.next)) + resume + "}\n");
  return {};
}

bool robots_allow(std::string_view body, std::string_view agent, std::string_view url) {
  std::string_view path = trim(url);
  if (const auto scheme = path.find("://"); scheme != std::string_view::npos) {
    const auto slash = path.find_first_of("/?#", scheme + 3);
    path = slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
  }
  path = path.substr(0, path.find('#'));
  const std::string whole =
      path.empty() || path.front() != '/' ? "/" + std::string(path) : std::string(path);
  return allowed(parse_robots(body), agent, whole);
}

}  // namespace plumbline
