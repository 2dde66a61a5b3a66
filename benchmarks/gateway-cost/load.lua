-- Requests of 1,000 or more known tokens for records of 100,000 or more people; a share of the requests carries a token never seen before.
local kind, tokenFile, newFile, newShare, seed, people = os.getenv("COST_KIND"), os.getenv("COST_TOKENS"), os.getenv("COST_NEW_TOKENS"),
   tonumber(os.getenv("COST_NEW_SHARE")), tonumber(os.getenv("COST_SEED")), tonumber(os.getenv("COST_PEOPLE"))

local newFirst, newCount = tonumber(os.getenv("COST_NEW_FIRST")), tonumber(os.getenv("COST_NEW_COUNT"))

local function lines(file, first, count)
   local all, number = {}, 0
   for line in io.lines(file) do
      number = number + 1
      if number >= first then all[#all + 1] = { ["Authorization"] = "Bearer " .. line } end
      if #all == count then break end
   end
   return all
end

local known, fresh, nextFresh = {}, {}, 1

function init(args)
   math.randomseed(seed)
   known = lines(tokenFile, 1, math.huge)
   if newShare > 0 then fresh = lines(newFile, newFirst, newCount) end
end

function request()
   local headers = known[math.random(#known)]
   if newShare > 0 and nextFresh <= #fresh and math.random() < newShare then
      headers = fresh[nextFresh]
      nextFresh = nextFresh + 1
   end
   local path
   if kind == "page" then
      path = "/customers?page=" .. (1000000 + math.random(people / 100))
   else
      path = "/customers/" .. (100000000 + math.random(people))
   end
   return wrk.format("GET", path, headers)
end

function done(summary, latency, requests)
   local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
   io.write(string.format("COST %d %d %d %d %d\n", summary.requests, bad, summary.duration, latency:percentile(50), latency:percentile(99)))
end
