// All of ATen for Node through one boxed dispatcher call. Arguments are converted by the operator's own schema, so
// there is no generated code: the same source builds against libtorch 1.13 and 2.x. The typed mirror of what is
// exported here is src/native.ts. Nothing here throws through C++ frames of Node: `guarded` turns every exception
// into a JavaScript error.
#include <malloc.h>
#include <napi.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include "plain-blocks.h"

namespace {

// A tensor that JavaScript owns. `accounted` bytes have been reported to V8, so that a forgotten tensor creates
// pressure on its collector; tensors inside a scope are freed by the scope and never reported.
struct Handle {
  at::Tensor tensor;
  int64_t accounted = 0;
};

std::atomic<int64_t> live_tensors{0};
std::vector<c10::OperatorHandle> operators;

template <typename Body>
Napi::Value guarded(const Napi::CallbackInfo& info, Body body) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw Napi::Error::New(info.Env(), error.what_without_backtrace());
  } catch (const std::exception& error) {
    throw Napi::Error::New(info.Env(), error.what());
  }
}

void release(Napi::Env env, Handle* handle) {
  if (!handle->tensor.defined()) return;
  handle->tensor = at::Tensor();
  live_tensors--;
  if (handle->accounted) Napi::MemoryManagement::AdjustExternalMemory(env, -handle->accounted);
  handle->accounted = 0;
}

Napi::Value wrap(Napi::Env env, at::Tensor tensor) {
  if (!tensor.defined()) return env.Undefined();
  live_tensors++;
  return Napi::External<Handle>::New(env, new Handle{std::move(tensor)}, [](Napi::Env env, Handle* handle) {
    release(env, handle);
    delete handle;
  });
}

Handle* handle_of(const Napi::Value& value) {
  if (!value.IsExternal()) throw std::invalid_argument("expected a tensor");
  return value.As<Napi::External<Handle>>().Data();
}

const at::Tensor& unwrap(const Napi::Value& value) {
  const Handle* handle = handle_of(value);
  if (!handle->tensor.defined()) throw std::invalid_argument("the tensor was disposed");
  return handle->tensor;
}

int64_t to_int(const Napi::Value& value) {
  if (value.IsBoolean()) return value.As<Napi::Boolean>().Value();
  if (value.IsBigInt()) {
    bool lossless = false;
    const int64_t whole = value.As<Napi::BigInt>().Int64Value(&lossless);
    if (lossless) return whole;
  } else if (value.IsNumber()) {
    const double number = value.As<Napi::Number>().DoubleValue();
    if (std::trunc(number) == number && std::abs(number) < 9.2e18) return static_cast<int64_t>(number);
  } else {
    throw std::invalid_argument("expected an integer");
  }
  throw std::invalid_argument("expected an integer, got " + value.ToString().Utf8Value());
}

bool to_bool(const Napi::Value& value) {
  if (!value.IsBoolean()) throw std::invalid_argument("expected a boolean");
  return value.As<Napi::Boolean>().Value();
}

std::string to_text(const Napi::Value& value) {
  if (!value.IsString()) throw std::invalid_argument("expected a string");
  return value.As<Napi::String>().Utf8Value();
}

double to_double(const Napi::Value& value) {
  if (!value.IsNumber()) throw std::invalid_argument("expected a number");
  return value.As<Napi::Number>().DoubleValue();
}

c10::IValue to_scalar(const Napi::Value& value) {
  if (value.IsBoolean()) return value.As<Napi::Boolean>().Value();
  if (value.IsBigInt()) return to_int(value);
  const double number = to_double(value);
  if (std::abs(number) < 9e15 && std::trunc(number) == number) return static_cast<int64_t>(number);
  return number;
}

std::vector<Napi::Value> entries(const Napi::Value& value) {
  if (!value.IsArray()) return {value};  // int[2] accepts one number for both
  const auto array = value.As<Napi::Array>();
  std::vector<Napi::Value> result;
  for (uint32_t i = 0; i < array.Length(); i++) result.push_back(array.Get(i));
  return result;
}

template <typename Element, typename Convert>
c10::IValue to_list(const Napi::Value& value, Convert convert) {
  c10::List<Element> list;
  for (const auto& entry : entries(value)) list.push_back(convert(entry));
  return list;
}

c10::IValue to_ivalue(const Napi::Value& value, const c10::TypePtr& type);

c10::IValue to_list_of(const Napi::Value& value, const c10::TypePtr& element) {
  switch (element->kind()) {
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return to_list<int64_t>(value, to_int);
    case c10::TypeKind::FloatType: return to_list<double>(value, to_double);
    case c10::TypeKind::BoolType: return to_list<bool>(value, to_bool);
    case c10::TypeKind::TensorType: return to_list<at::Tensor>(value, unwrap);
    case c10::TypeKind::OptionalType:
      return to_list<c10::optional<at::Tensor>>(value, [](const Napi::Value& v) -> c10::optional<at::Tensor> {
        if (v.IsUndefined() || v.IsNull()) return c10::nullopt;
        return unwrap(v);
      });
    default: {
      c10::impl::GenericList list(element);
      for (const auto& entry : entries(value)) list.push_back(to_ivalue(entry, element));
      return list;
    }
  }
}

c10::IValue to_ivalue(const Napi::Value& value, const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return unwrap(value);
    case c10::TypeKind::OptionalType:
      if (value.IsUndefined() || value.IsNull()) return c10::IValue();
      return to_ivalue(value, type->castRaw<c10::OptionalType>()->getElementType());
    case c10::TypeKind::ListType: return to_list_of(value, type->castRaw<c10::ListType>()->getElementType());
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return to_int(value);
    case c10::TypeKind::FloatType: return to_double(value);
    case c10::TypeKind::BoolType: return to_bool(value);
    case c10::TypeKind::NumberType: return to_scalar(value);
    case c10::TypeKind::StringType: return to_text(value);
    case c10::TypeKind::DeviceObjType: return c10::Device(to_text(value));
    default: throw std::invalid_argument("arguments of type " + type->str() + " are not supported by the binding");
  }
}

Napi::Value from_ivalue(Napi::Env env, const c10::IValue& value) {
  if (value.isNone()) return env.Undefined();
  if (value.isTensor()) return wrap(env, value.toTensor());
  if (value.isBool()) return Napi::Boolean::New(env, value.toBool());
  if (value.isInt()) return Napi::Number::New(env, static_cast<double>(value.toInt()));
  if (value.isDouble()) return Napi::Number::New(env, value.toDouble());
  if (value.isScalar()) return Napi::Number::New(env, value.toScalar().toDouble());
  if (value.isList()) {
    const auto list = value.toListRef();
    auto array = Napi::Array::New(env, list.size());
    for (uint32_t i = 0; i < list.size(); i++) array.Set(i, from_ivalue(env, list[i]));
    return array;
  }
  throw std::invalid_argument("results of type " + value.tagKind() + " are not supported by the binding");
}

// findOperator(name, overload) → number | undefined
Napi::Value find_operator(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const auto name = info[0].ToString().Utf8Value(), overload = info[1].ToString().Utf8Value();
    const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found) return info.Env().Undefined();
    operators.push_back(*found);
    return Napi::Number::New(info.Env(), static_cast<double>(operators.size() - 1));
  });
}

// call(operator, arguments[]) → one result, or an array where the schema returns several
Napi::Value call(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const auto& handle = operators.at(info[0].As<Napi::Number>().Uint32Value());
    const auto given = info[1].As<Napi::Array>();
    const auto& expected = handle.schema().arguments();
    if (given.Length() > expected.size()) throw std::invalid_argument("too many arguments");
    torch::jit::Stack stack;
    stack.reserve(expected.size());
    for (uint32_t i = 0; i < expected.size(); i++) {
      const Napi::Value value = i < given.Length() ? given.Get(i) : info.Env().Undefined();
      if (value.IsUndefined() && expected[i].default_value()) {
        stack.push_back(*expected[i].default_value());
        continue;
      }
      try {
        stack.push_back(to_ivalue(value, expected[i].type()));
      } catch (const std::invalid_argument& error) {
        throw std::invalid_argument("argument \"" + expected[i].name() + "\": " + error.what());
      }
    }
    handle.callBoxed(&stack);
    if (stack.size() == 1) return from_ivalue(info.Env(), stack[0]);
    auto results = Napi::Array::New(info.Env(), stack.size());
    for (uint32_t i = 0; i < stack.size(); i++) results.Set(i, from_ivalue(info.Env(), stack[i]));
    return results;
  });
}

// fromBytes(bytes: Uint8Array, shape, scalarType, device) → tensor; the bytes are copied
Napi::Value from_bytes(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const auto bytes = info[0].As<Napi::Uint8Array>();
    const auto type = static_cast<at::ScalarType>(to_int(info[2]));
    auto tensor = at::empty(to_list<int64_t>(info[1], to_int).toIntVector(), at::TensorOptions().dtype(type));
    if (tensor.nbytes() != bytes.ByteLength())
      throw std::invalid_argument("got " + std::to_string(bytes.ByteLength()) + " bytes for a tensor of " +
                                  std::to_string(tensor.nbytes()));
    if (tensor.nbytes()) std::memcpy(tensor.data_ptr(), bytes.Data(), tensor.nbytes());
    return wrap(info.Env(), tensor.to(c10::Device(info[3].ToString().Utf8Value())));
  });
}

// toBytes(tensor) → ArrayBuffer in row-major order
Napi::Value to_bytes(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const auto tensor = unwrap(info[0]).detach().cpu().contiguous();
    auto buffer = Napi::ArrayBuffer::New(info.Env(), tensor.nbytes());
    if (tensor.nbytes()) std::memcpy(buffer.Data(), tensor.data_ptr(), tensor.nbytes());
    return buffer;
  });
}

// describe(tensor) → { shape, type, device }
Napi::Value describe(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const auto& tensor = unwrap(info[0]);
    auto shape = Napi::Array::New(info.Env(), tensor.dim());
    for (int64_t i = 0; i < tensor.dim(); i++) shape.Set(i, static_cast<double>(tensor.size(i)));
    auto result = Napi::Object::New(info.Env());
    result.Set("shape", shape);
    result.Set("type", static_cast<double>(tensor.scalar_type()));
    result.Set("device", tensor.device().str());
    return result;
  });
}

Napi::Value release_tensor(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    release(info.Env(), handle_of(info[0]));
    return info.Env().Undefined();
  });
}

// account(tensor): report its bytes to V8's collector
Napi::Value account(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    Handle* handle = handle_of(info[0]);
    if (handle->tensor.defined() && !handle->accounted) {
      handle->accounted = static_cast<int64_t>(handle->tensor.nbytes());
      Napi::MemoryManagement::AdjustExternalMemory(info.Env(), handle->accounted);
    }
    return info.Env().Undefined();
  });
}

Napi::Value set_requires_grad(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    unwrap(info[0]).requires_grad_(info[1].ToBoolean().Value());
    return info.Env().Undefined();
  });
}

// gradients(scalar, inputs[]) → (tensor | undefined)[]
Napi::Value gradients(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    std::vector<at::Tensor> inputs;
    for (const auto& entry : entries(info[1])) inputs.push_back(unwrap(entry));
    const auto found = torch::autograd::grad({unwrap(info[0])}, inputs, {}, c10::nullopt, false, true);
    auto result = Napi::Array::New(info.Env(), found.size());
    for (uint32_t i = 0; i < found.size(); i++) result.Set(i, wrap(info.Env(), found[i]));
    return result;
  });
}

// setGradEnabled(enabled) → what it was
Napi::Value set_grad_enabled(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    const bool before = at::GradMode::is_enabled();
    at::GradMode::set_enabled(info[0].ToBoolean().Value());
    return Napi::Boolean::New(info.Env(), before);
  });
}

at::Generator generator_for(const Napi::Value& device) {
  return at::globalContext().defaultGenerator(c10::Device(device.ToString().Utf8Value()));
}

Napi::Value manual_seed(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    generator_for(info[0]).set_current_seed(static_cast<uint64_t>(to_int(info[1])));
    return info.Env().Undefined();
  });
}

Napi::Value generator_state(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value { return wrap(info.Env(), generator_for(info[0]).get_state()); });
}

Napi::Value set_generator_state(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    generator_for(info[0]).set_state(unwrap(info[1]));
    return info.Env().Undefined();
  });
}

Napi::Value cuda_device_count(const Napi::CallbackInfo& info) {
  return guarded(info, [&]() -> Napi::Value {
    return Napi::Number::New(info.Env(), static_cast<double>(at::getNumGPUs()));
  });
}

Napi::Value live_tensor_count(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(live_tensors.load()));
}

PlainBlocks plain_blocks;

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  // Eager training frees and allocates the same large blocks at each step. With glibc's defaults each one is mapped
  // and page-faulted anew, which makes element-wise operators 5 to 20 times slower; keep the pages instead.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 2047 << 20);
  mallopt(M_TOP_PAD, 64 << 20);
  c10::SetCPUAllocator(&plain_blocks);
  exports.Set("version", TORCH_VERSION);
  const std::vector<std::pair<const char*, Napi::Value (*)(const Napi::CallbackInfo&)>> functions = {
      {"findOperator", find_operator},
      {"call", call},
      {"fromBytes", from_bytes},
      {"toBytes", to_bytes},
      {"describe", describe},
      {"release", release_tensor},
      {"account", account},
      {"setRequiresGrad", set_requires_grad},
      {"gradients", gradients},
      {"setGradEnabled", set_grad_enabled},
      {"manualSeed", manual_seed},
      {"generatorState", generator_state},
      {"setGeneratorState", set_generator_state},
      {"cudaDeviceCount", cuda_device_count},
      {"liveTensorCount", live_tensor_count},
  };
  for (const auto& [name, function] : functions) exports.Set(name, Napi::Function::New(env, function, name));
  return exports;
}

}  // namespace

NODE_API_MODULE(dalle_torch, initialise)
