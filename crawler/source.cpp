#include "crawler/source.h"

namespace plumbline {

const Source* find_source(std::string_view name) {
  for (const Source* source : all_sources()) {
    if (source->name == name) return source;
  }
  return nullptr;
}

}  // namespace plumbline
