#include "app/page_batch.h"

#include "app/open_http.h"
#include "base/text.h"

namespace plumbline {
namespace {

void put_site(const std::string& prefix, Document& document) {
  if (with_prefix(prefix, document.id) != document.id)
    document.site = prefix.substr(0, prefix.size() - 1);
  Author& author = document.author;
  if (author.id.empty()) author.id = author.handle.empty() ? author.name : author.handle;
  // "ada@social.example" and addresses of mail say their site already.
  if (author.id.find('@') == std::string::npos) author.id = with_prefix(prefix, author.id);
}

}  // namespace

PageBatch batch_of(Page& page, const Workspace& workspace, const SourceConfig& source,
                   const BrandFinder& brands) {
  PageBatch out;
  const std::string prefix = id_prefix(source);
  IntakeOptions options;
  options.brand = source.query.brand;
  out.batch.update_known = true;
  out.seen = static_cast<std::int64_t>(page.documents.size());
  for (Document& document : page.documents) {
    if (document.source.empty()) document.source = source.kind;
    if (document.licence.empty()) document.licence = find_source(source.kind)->licence;
    if (!prefix.empty()) put_site(prefix, document);
    Entry entry = make_entry(std::move(document), workspace, brands, options);
    if (says_something(entry.document)) {
      out.batch.entries.push_back(std::move(entry));
    } else {
      ++out.without_text;
    }
  }
  for (const std::string& id : page.deleted)
    out.batch.deleted.emplace_back(source.kind, with_prefix(prefix, id));
  return out;
}

std::string id_prefix(const SourceConfig& source) {
  const Source* kind = find_source(source.kind);
  return kind != nullptr && kind->local_ids ? host_to_ask(source) + "/" : std::string();
}

std::string with_prefix(const std::string& prefix, const std::string& id) {
  return id.empty() || id.find(':') != std::string::npos ? id : prefix + id;
}

std::string identity(const SourceConfig& source) {
  std::string asked = source.query.url + "\n" + source.query.words;
  for (const auto& [key, value] : source.query.options) asked += "\n" + key + "=" + value;
  return source.kind + " " + hex64(hash64(asked));
}

}  // namespace plumbline
