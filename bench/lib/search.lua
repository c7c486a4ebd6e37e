-- Searches another family name at each request; each is the name of 20 people (seed.sql).
-- Arguments: the path up to the term, the number of users.
local consonants, vowels = "bdfghjklmnprstvz", "aeio"
local path, families

function init(arguments)
  path, families = arguments[1], math.floor(tonumber(arguments[2]) / 20)
  math.randomseed(os.time())
end

local function letter(letters, number)
  local at = number % #letters + 1
  return letters:sub(at, at)
end

local function family(number)
  return letter(consonants, number) .. letter(vowels, math.floor(number / 16)) .. letter(consonants, math.floor(number / 64))
    .. letter(vowels, math.floor(number / 1024)) .. letter(consonants, math.floor(number / 4096))
end

function request()
  return wrk.format("GET", path .. family(math.random(1, families - 1)))
end
