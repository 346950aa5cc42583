// Recorded graphs: a list of nodes in the order of capture.
#include <cstring>
#include <map>
#include <set>

#include "driver.h"

namespace {

std::set<CUgraph> graphs;
std::set<CUgraphExec> executables;

// What nodes of libraries run; never launched by hand.
std::map<std::string, CUfunc_st> named;

}  // namespace

CUgraph register_graph(std::unique_ptr<CUgraph_st> graph) {
  graphs.insert(graph.get());
  return graph.release();
}

EMULATOR_EXPORT CUresult cuGraphGetNodes(CUgraph graph, CUgraphNode* nodes, size_t* count) {
  ENTER("");
  if (!graphs.count(graph) || !count) return CUDA_ERROR_INVALID_VALUE;
  const size_t all = graph->nodes.size();
  if (nodes) {
    for (size_t i = 0; i < *count; i++) nodes[i] = i < all ? graph->nodes[i].get() : nullptr;
    if (*count < all) return CUDA_SUCCESS;
  }
  *count = all;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGraphNodeGetType(CUgraphNode node, CUgraphNodeType* type) {
  ENTER("");
  if (!node || !type) return CUDA_ERROR_INVALID_VALUE;
  *type = node->type;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGraphKernelNodeGetParams_v2(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS_v2* parameters) {
  ENTER("");
  if (!node || !parameters || node->type != CU_GRAPH_NODE_TYPE_KERNEL) return CUDA_ERROR_INVALID_VALUE;
  memset(parameters, 0, sizeof *parameters);
  CUfunc_st& function = named[node->name];
  function.name = node->name;
  parameters->func = &function;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuFuncGetName(const char** name, CUfunction function) {
  ENTER("");
  if (!name || !function) return CUDA_ERROR_INVALID_VALUE;
  *name = function->name.c_str();
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGraphInstantiateWithFlags(CUgraphExec* executable, CUgraph graph, unsigned long long flags) {
  ENTER("%zu nodes", graphs.count(graph) ? graph->nodes.size() : 0);
  if (!executable || !graphs.count(graph) || flags > 15) return CUDA_ERROR_INVALID_VALUE;
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  *executable = new CUgraphExec_st{graph->nodes};
  executables.insert(*executable);
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGraphLaunch(CUgraphExec executable, CUstream stream) {
  ENTER("%zu nodes", executables.count(executable) ? executable->nodes.size() : 0);
  if (!executables.count(executable)) return CUDA_ERROR_INVALID_VALUE;
  std::vector<Node> nodes = executable->nodes;
  return enqueue(stream, CU_GRAPH_NODE_TYPE_GRAPH, __func__, [nodes] {
    for (auto& node : nodes) {
      if (CUresult error = node->run()) return error;
    }
    return CUDA_SUCCESS;
  });
}

EMULATOR_EXPORT CUresult cuGraphDestroy(CUgraph graph) {
  ENTER("");
  if (!graphs.erase(graph)) return CUDA_ERROR_INVALID_VALUE;
  delete graph;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGraphExecDestroy(CUgraphExec executable) {
  ENTER("");
  if (!executables.erase(executable)) return CUDA_ERROR_INVALID_VALUE;
  finish_all();
  delete executable;
  return CUDA_SUCCESS;
}
