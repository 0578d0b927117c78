#include "crawler/harvest.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kUnused = 30;
constexpr std::size_t kRemembered = 100000;  // twice that at most

}  // namespace

Harvest::Harvest(std::string_view file_name, std::string_view source, const ImportOptions& options,
                 const DocumentSink& sink)
    : file_name_(file_name),
      source_(options.source.empty() ? source : options.source),
      options_(options),
      sink_(sink) {}

void Harvest::note(std::int64_t line, const std::string& problem) {
  if (outcome.problems.size() >= kMostProblems) return;
  const bool same = member_.empty() || base_name(file_name_) == member_;
  const std::string place = same ? file_name_ : file_name_ + "/" + member_;
  outcome.problems.push_back(line > 0 ? fmt::format("{}:{}: {}", place, line, problem)
                                      : fmt::format("{}: {}", place, problem));
}

void Harvest::skip(std::int64_t line, const std::string& reason, const std::string& detail) {
  pass(reason);
  // One frequent reason must not hide the others.
  if (outcome.skipped_by_reason[reason] <= kProblemsPerReason)
    note(line, detail.empty() ? reason : reason + ": " + detail);
}

void Harvest::pass(const std::string& reason) {
  ++outcome.rows;
  ++outcome.skipped;
  ++outcome.skipped_by_reason[reason];
}

Status Harvest::keep(std::int64_t line, Document&& document, std::string_view thread) {
  if (trim(document.text).empty() && trim(document.title).empty() && !document.rating) {
    pass("without words");
    return {};
  }
  if (document.published_at == kNoTime) {
    skip(line, "no date that can be read");
    return {};
  }
  if (document.source.empty()) document.source = source_;
  if (document.brand.empty()) document.brand = options_.brand;
  Author& author = document.author;
  for (std::string* part : {&author.id, &author.handle, &author.name}) *part = trim(*part);
  if (author.handle.empty()) author.handle = author.name.empty() ? author.id : author.name;
  if (author.id.empty()) author.id = author.handle;
  if (author.name.empty()) author.name = author.handle;
  if (document.id.empty()) {
    const std::uint64_t hash = hash64(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", document.source,
                                                  author.id, format_utc(document.published_at),
                                                  thread, document.title, document.text));
    const std::int32_t times = times_seen(hash);
    document.id = times == 1 ? hex64(hash) : fmt::format("{}-{}", hex64(hash), times);
  }
  ++outcome.rows;
  return sink_(std::move(document));
}

std::int32_t Harvest::times_seen(std::uint64_t hash) {
  const auto before = seen_before_.find(hash);
  std::int32_t& times = seen_[hash];
  if (times == 0 && before != seen_before_.end()) times = before->second;
  const std::int32_t now = ++times;
  if (seen_.size() >= kRemembered) {
    seen_before_ = std::move(seen_);
    seen_.clear();
  }
  return now;
}

Status read_members(Archive& archive, const std::vector<MemberReader>& readers, Harvest& harvest) {
  const auto& members = archive.members();
  std::vector<bool> taken(members.size(), false);
  for (const MemberReader& reader : readers)
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string& name = members[i].name;
      if (taken[i] || !reader.wants(name)) continue;
      taken[i] = true;
      harvest.enter(name);
      harvest.outcome.mapped.emplace_back(reader.kind, name);
      auto bytes = archive.open(i);
      const Status read = bytes ? reader.read(**bytes, name) : tl::unexpected(bytes.error());
      if (read) continue;
      const ErrorCode code = read.error().code;
      if (code != ErrorCode::parse && code != ErrorCode::invalid && code != ErrorCode::file)
        return read;
      harvest.skip(0, "file in the archive that cannot be read to its end", read.error().message);
    }
  harvest.enter({});
  std::size_t left = 0;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (!taken[i] && ++left <= kUnused) harvest.outcome.unused.push_back(members[i].name);
  if (left > kUnused)
    harvest.outcome.unused.push_back(fmt::format("and {} more files", left - kUnused));
  for (const auto& [reason, count] : archive.refused())
    harvest.note(0, fmt::format("{} files refused: {}", count, reason));
  return {};
}

int sure_by_names(std::span<const ArchiveMember> members, std::string_view marks, int sure) {
  const std::vector<std::string_view> wanted = split(marks, ' ');
  for (const ArchiveMember& member : members)
    if (std::any_of(wanted.begin(), wanted.end(),
                    [&](std::string_view mark) { return path_has(member.name, mark); }))
      return sure;
  return 0;
}

}  // namespace plumbline
