-- For wrk -s: paths and bodies (one a line, taken in turn) and headers come from files named in the environment.
local function lines(name)
  local found = {}
  local path = os.getenv(name)
  if path then for line in io.lines(path) do found[#found + 1] = line end end
  return found
end
local paths, bodies, headers = lines("BENCH_PATHS"), lines("BENCH_BODIES"), {}
for _, line in ipairs(lines("BENCH_HEADERS")) do
  local name, value = line:match("^([^:]+): (.*)$")
  headers[name] = value
end
local turn, ready = tonumber(os.getenv("BENCH_START") or "0"), {}

function init(args)
  for i = 1, math.max(#paths, #bodies) do
    local body = #bodies > 0 and bodies[(i - 1) % #bodies + 1] or nil
    ready[i] = wrk.format(body and "POST" or "GET", paths[(i - 1) % #paths + 1], headers, body)
  end
end

function request()
  turn = turn % #ready + 1
  return ready[turn]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('\nBENCH {"requests":%d,"us":%d,"p50":%.2f,"p95":%.2f,"errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    errors.status + errors.timeout + errors.connect + errors.read + errors.write))
end
