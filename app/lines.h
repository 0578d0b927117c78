// The stages of the pipeline run alone on lines of text, without a workspace: the plumbing
// commands.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/entity_lines.h"
#include "base/result.h"
#include "crawler/import.h"
#include "crawler/source.h"
#include "model/document.h"
#include "nlp/analyze.h"
#include "nlp/brands.h"
#include "nlp/deeper.h"

namespace plumbline {

// Lines of any length from bytes in pieces; a carriage return before the line feed is dropped.
class LineReader {
 public:
  explicit LineReader(ByteSource& bytes) : bytes_(bytes) {}
  // False at the end. Lines over 64 MiB are an error.
  Result<bool> next(std::string& line);

 private:
  ByteSource& bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

struct AnalyzeOptions {
  bool json_lines = false;
  bool explain = false;
  int threads = 0;  // 0: one per core; the output is the same for any number
  Depth depth{Tier::fast};
  const FullModels* full = nullptr;    // needed for the other tiers
  const BrandWords* brands = nullptr;  // brands and products to look for
};

struct AnalyzedLines {
  std::int64_t lines = 0;
  std::int64_t broken = 0;     // could not be read
  std::int64_t not_known = 0;  // in a language that no model of the full tier knows
};

// One analysis per line, in the shape of the contract, in the order of the input.
Result<AnalyzedLines> analyze_lines(const Analyzer& analyzer, ByteSource& bytes,
                                    const AnalyzeOptions& options, const LineSink& sink);

struct ClusterLinesOptions {
  int clusters = 0;  // 0: as many as the texts carry
  std::uint64_t seed = 1;
  std::string topics_file;  // the words and label of each cluster go there; empty: nowhere
};
Status cluster_lines(ByteSource& bytes, const ClusterLinesOptions& options, const LineSink& sink);

// The group of near-identical texts that each line belongs to, numbered by first line.
Status duplicate_lines(ByteSource& bytes, const LineSink& sink);

// A reply of a source as documents, the cursor last.
Status parse_reply(const Source& source, std::string_view body, const SourceQuery& query,
                   const ReplyContext& context, const LineSink& sink);

// Whether a robots.txt lets `agent` read `url`, an address or a path with its query.
bool robots_allow(std::string_view body, std::string_view agent, std::string_view url);

std::string document_json(
    const Document& document);  // one line without line feed, the shape of the contract

}  // namespace plumbline
