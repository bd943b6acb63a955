// Where the CPU's tensors lie. libtorch's own allocator asks glibc for aligned blocks, whose offcuts stay in the
// thread's cache (until glibc 2.38): no freed block is then large enough for the next one of its size, and the heap
// grows by a block at each step. These are asked for plainly and aligned by hand; what malloc gave lies before them.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <c10/core/CPUAllocator.h>

class PlainBlocks final : public c10::Allocator {
 public:
  // One of the two is libtorch's virtual function: 1.13's is const, later ones' is not.
  c10::DataPtr allocate(size_t bytes) const { return block(bytes); }
  c10::DataPtr allocate(size_t bytes) { return block(bytes); }
  // Asked for since 2.1.
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }
  // oneDNN's scratch memory comes from here without an owner.
  c10::DeleterFnPtr raw_deleter() const override { return &release_block; }

 private:
  static constexpr size_t alignment = 64;

  static c10::DataPtr block(size_t bytes) {
    void* data = nullptr;
    if (bytes > 0) {
      void* given = std::malloc(bytes + sizeof(void*) + alignment);
      TORCH_CHECK(given, "can't allocate memory: ", bytes, " bytes were asked for");
      const auto first = reinterpret_cast<uintptr_t>(given) + sizeof(void*);
      data = reinterpret_cast<void*>((first + alignment - 1) / alignment * alignment);
      static_cast<void**>(data)[-1] = given;
    }
    return {data, data, &release_block, c10::Device(c10::DeviceType::CPU)};
  }

  static void release_block(void* data) {
    if (data) std::free(static_cast<void**>(data)[-1]);
  }
};
