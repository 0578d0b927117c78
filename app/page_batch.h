// A page of a source on its way into the store.
#pragma once

#include <string>

#include "app/intake.h"
#include "app/workspace.h"
#include "crawler/source.h"
#include "store/store.h"

namespace plumbline {

struct PageBatch {
  Batch batch;
  std::int64_t seen = 0;
  std::int64_t without_text = 0;
};

// Normalised, analysed, with the licence of the source and, where needed, the site.
PageBatch batch_of(Page& page, const Workspace& workspace, const SourceConfig& source,
                   const BrandFinder& brands);

// "forum.example/" where every site counts its documents for itself (Source::local_ids), else
// empty.
std::string id_prefix(const SourceConfig& source);
// An id with a colon is an address or a tag that no other site gives, and stays as it is.
std::string with_prefix(const std::string& prefix, const std::string& id);

// What identifies a source of the configuration: not its label, which the user may reword.
std::string identity(const SourceConfig& source);

}  // namespace plumbline
