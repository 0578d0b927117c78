// Words and a short label for each cluster of texts, for a person to read.
#pragma once

#include <string>
#include <vector>

#include "nlp/topic_words.h"

namespace plumbline {

struct TopicWords {
  std::string label;               // two to four words
  std::vector<std::string> words;  // at most eight, the most telling first
};

// Words by class-based tf-idf (Grootendorst 2022): how often in the cluster, times the logarithm of
// how rare elsewhere. The label begins with the phrase whose two words stand together most
// surprisingly often (pointwise mutual information, weighted by how often), where there is one.
// `cluster_of` gives each text's cluster below `clusters`; labels differ from one another.
std::vector<TopicWords> describe_topics(const std::vector<WordList>& texts,
                                        const std::vector<std::size_t>& cluster_of,
                                        std::size_t clusters, const TopicVocabulary& vocabulary);

}  // namespace plumbline
