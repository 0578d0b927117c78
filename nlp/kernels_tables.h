// The tables of nlp/kernels_*.cpp, for nlp/kernels.cpp to choose from. nullptr: not compiled for
// this kind of processor.
#pragma once

namespace plumbline {

struct Kernels;
const Kernels* avx512_kernels();
const Kernels* avx2_kernels();

}  // namespace plumbline
