#include "app/sources.h"

#include <fmt/format.h>

#include "app/open_http.h"
#include "app/read_source.h"
#include "base/text.h"

namespace plumbline {

Result<const Source*> source_named(std::string_view name) {
  if (const Source* source = find_source(name)) return source;
  std::vector<std::string_view> names;
  for (const Source* source : all_sources()) names.push_back(source->name);
  const std::string_view near = closest(name, names);
  return fail(ErrorCode::invalid,
              fmt::format("there is no source '{}'; {}", escape_terminal(name),
                          near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                                       : fmt::format("did you mean {}?", near)));
}

std::string describe_source(const Source& source) {
  std::string out = fmt::format("{}: {}\n\n{}\n", source.name, source.title, source.help);
  if (!source.options.empty()) out += "\nKeys of its own:\n";
  for (const SourceOption& option : source.options)
    out += fmt::format("  {:<16} {}{}\n", option.key, option.needed ? "needed; " : "", option.help);
  if (!source.key.empty())
    out += fmt::format("\nToken{}: {}\n", source.needs_token ? "" : " (not needed)", source.key);
  if (!source.licence.empty()) out += fmt::format("\nLicence: {}\n", source.licence);
  out += fmt::format("\nTerms: {}\n", source.terms);
  if (source.requests_per_second > 0)
    out += fmt::format("Asked at most {:g} times a second and host.\n", source.requests_per_second);
  return out;
}

Result<std::string> probe(const Config& config, const SourceConfig& configured,
                          Progress& progress) {
  const Source* source = PLUMBLINE_TRY(source_named(configured.kind));
  PLUMBLINE_CHECK(check_token(configured));
  const Request request = PLUMBLINE_TRY(source->plan(configured.query, ""));
  const auto http = open_http(config, progress);
  std::string out = fmt::format("{}: asked {}\n", configured.label, escape_terminal(request.url));
  const HttpReply reply = PLUMBLINE_TRY(
      http->get({request, {}, source->requests_per_second, source->told_to_wait, source->is_gone}));
  out += fmt::format("  answer {}, {} bytes, {}\n", reply.status, reply.body.size(),
                     escape_terminal(reply.content_type));
  if (reply.url != request.url)
    out += fmt::format("  redirected to {}\n", escape_terminal(reply.url));
  const Page page = PLUMBLINE_TRY(
      source->parse(reply.body, configured.query, {"", reply.link, reply.url, reply.content_type}));
  out +=
      fmt::format("  {} documents on the first page, {} skipped{}{}\n", page.documents.size(),
                  page.skipped, page.skipped > 0 ? ": " : "", escape_terminal(page.skipped_reason));
  for (std::size_t i = 0; i < page.documents.size() && i < 3; ++i) {
    const Document& d = page.documents[i];
    out += fmt::format("  e.g. {} {}: {}\n", format_utc(d.published_at),
                       escape_terminal(d.author.handle),
                       escape_terminal(shorten(fold_space(d.text.empty() ? d.title : d.text), 80)));
  }
  out += page.documents.empty() ? "  nothing matched; check url and query\n"
         : page.next.empty()    ? "  no further page\n"
                                : "  there are further pages\n";
  out += reply.validators.etag.empty() && reply.validators.last_modified.empty()
             ? ""
             : "  can be asked whether it changed (ETag or Last-Modified)\n";
  return out;
}

}  // namespace plumbline
