#include "nlp/pieces.h"

namespace plumbline {

Result<Pieces> Pieces::read(std::string_view vocabulary) {
  Pieces out;
  if (vocabulary.find('\t') != std::string_view::npos)
    out.either_ = PLUMBLINE_TRY(UnigramPieces::read(vocabulary));
  else
    out.either_ = PLUMBLINE_TRY(WordPieces::read(vocabulary));
  return out;
}

}  // namespace plumbline
