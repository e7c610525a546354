-- Wireshark dissector for pfsync, the protocol that keeps the state tables of pf firewalls equal (IP protocol 240).
--
-- Generated from the layout tables of the codec by: ci/pfsync dissector > fixtures/wireshark/pfsync.lua
-- All dialects: OpenBSD up to 7.9, FreeBSD up to 15. Needs Wireshark or tshark 3.4 or newer. Licence: ISC.

local pfsync = Proto("pfsync", "Packet Filter State Synchronisation")

local U8, U16, U32, U64, I32, CHARS, BYTES, ADDR, SOCKADDR = 1, 2, 3, 4, 5, 6, 7, 8, 9
local INET, HEADER, SUBHEADER, TTL = 2, 20, 4, 255

--@TABLES@

-- Names of values ---------------------------------------------------------------------------------------------------

local tcp_states = { [0] = "CLOSED", "LISTEN", "SYN_SENT", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT_1",
    "CLOSING", "LAST_ACK", "FIN_WAIT_2", "TIME_WAIT", "PROXY_SRC", "PROXY_DST" }
local timeouts = { [0] = "tcp.first", "tcp.opening", "tcp.established", "tcp.closing", "tcp.finwait", "tcp.closed",
    "udp.first", "udp.single", "udp.multiple", "icmp.first", "icmp.error", "other.first", "other.single",
    "other.multiple", "frag", "interval", "adaptive.start", "adaptive.end", "src.track", "tcp.tsdiff" }
local names_of = {
    ["pfsync.status"] = { [1] = "START", [2] = "END" },
    ["pfsync.direction"] = { [1] = "in", [2] = "out" },
    ["pfsync.timeout"] = timeouts,
    ["pfsync.af"] = { [2] = "IPv4", [24] = "IPv6", [28] = "IPv6" },
}

-- Fields ------------------------------------------------------------------------------------------------------------

local registered = {}
local by_name = {}

local function register(name, field)
    by_name[name] = field
    registered[#registered + 1] = field
    return field
end

for _, f in ipairs(fields) do
    local name, title, kind, hex = f[1], f[2], f[3], f[4]
    local base = hex and base.HEX or base.DEC
    local names = names_of[name]
    if kind == U8 then
        register(name, ProtoField.uint8(name, title, base, names))
    elseif kind == U16 then
        register(name, ProtoField.uint16(name, title, base))
    elseif kind == U32 then
        register(name, ProtoField.uint32(name, title, base))
    elseif kind == U64 then
        register(name, ProtoField.uint64(name, title, base))
    elseif kind == I32 then
        register(name, ProtoField.int32(name, title))
    elseif kind == CHARS then
        register(name, ProtoField.string(name, title))
    elseif kind == BYTES then
        register(name, ProtoField.bytes(name, title))
    else
        register(name, ProtoField.ipv4(name, title))
        register(name .. "_v6", ProtoField.ipv6(name .. "_v6", title))
    end
end

local f_sa_len = register("sa_len", ProtoField.uint8("pfsync.tdb.dst.len", "sa_len"))
local f_sa_family = register("sa_family", ProtoField.uint8("pfsync.tdb.dst.family", "sa_family"))
local f_section = register("section", ProtoField.bytes("pfsync.section", "Section"))
local f_message = register("message", ProtoField.bytes("pfsync.message", "Message"))
local f_group = register("group", ProtoField.none("pfsync.group", "Group"))
local f_unknown = register("unknown", ProtoField.bytes("pfsync.unknown", "Bytes of an unknown message"))
local f_cut = register("cut", ProtoField.bytes("pfsync.cut", "Beginning of a message"))
local f_trailing = register("trailing", ProtoField.bytes("pfsync.trailing", "Bytes behind the last section"))
local f_dialect = register("dialect", ProtoField.string("pfsync.dialect", "Dialect"))
local f_addr = register("addr", ProtoField.ipv4("pfsync.addr", "Address"))
local f_addr6 = register("addr6", ProtoField.ipv6("pfsync.addr_v6", "Address"))
local f_response_in = register("response_in",
    ProtoField.framenum("pfsync.response_in", "Answered in", base.NONE, frametype.RESPONSE))
local f_response_to = register("response_to",
    ProtoField.framenum("pfsync.response_to", "Answer to", base.NONE, frametype.REQUEST))
local f_response_time = register("response_time", ProtoField.double("pfsync.response_time", "Answered after (s)"))
local f_bulk_start = register("bulk_start",
    ProtoField.framenum("pfsync.bulk.start_in", "Bulk transfer began in", base.NONE, frametype.REQUEST))
local f_bulk_time = register("bulk_time", ProtoField.double("pfsync.bulk.duration", "Bulk transfer took (s)"))
local f_bulk_states = register("bulk_states", ProtoField.uint32("pfsync.bulk.states", "States of the bulk transfer"))

pfsync.fields = registered

local e_malformed = ProtoExpert.new("pfsync.malformed", "Malformed frame", expert.group.MALFORMED, expert.severity.ERROR)
local e_range = ProtoExpert.new("pfsync.out_of_range", "Value out of range", expert.group.PROTOCOL, expert.severity.ERROR)
local e_ttl = ProtoExpert.new("pfsync.bad_ttl", "TTL is not 255: a receiver drops the packet", expert.group.PROTOCOL,
    expert.severity.ERROR)
local e_version = ProtoExpert.new("pfsync.bad_version", "Unknown version", expert.group.UNDECODED, expert.severity.WARN)
pfsync.experts = { e_malformed, e_range, e_ttl, e_version }

local choices = { { 0, "auto", 0 } }
for i, d in ipairs(dialects) do
    choices[#choices + 1] = { i, d.name, i }
end
pfsync.prefs.dialect = Pref.enum("dialect", 0, "Which layout all senders speak; auto finds it out per sender", choices)

local ip_ttl = Field.new("ip.ttl")
local ip_hlim = Field.new("ipv6.hlim")
local ip_src = Field.new("ip.src")
local ip_src6 = Field.new("ipv6.src")

-- How a receiver walks a frame: what a codec's SectionCursor does ----------------------------------------------------

local function action_of(dialect, number)
    return dialect.actions[number] or { text = "?" }
end

local function out_of_range(tvb, dialect, action, at)
    local o = layouts[action.layout].at
    local kind = action.kind
    if kind == "INS" or kind == "UPD" or kind == "UPD_C" then
        if tvb(at + o.timeout, 1):uint() >= dialect.timeouts then return "timeout", at + o.timeout end
        if tvb(at + o.src + 24, 1):uint() > 12 then return "src.state", at + o.src + 24 end
        if tvb(at + o.dst + 24, 1):uint() > 12 then return "dst.state", at + o.dst + 24 end
    end
    local function family(value) return value == INET or value == dialect.inet6 end
    if kind == "INS" then
        if tvb(at + o.direction, 1):uint() > 2 then return "direction", at + o.direction end
        if not family(tvb(at + o.af, 1):uint()) then return "af", at + o.af end
        if o.keyaf0 and (dialect.checks_key_families or o.rt_af) then
            local wire, stack = tvb(at + o.keyaf0, 1):uint(), tvb(at + o.keyaf1, 1):uint()
            if wire ~= 0 or stack ~= 0 then
                if not family(wire) then return "key[0].af", at + o.keyaf0 end
                if not family(stack) then return "key[1].af", at + o.keyaf1 end
            end
        end
    elseif kind == "TDB" then
        if tvb(at, 4):uint() <= 255 then return "spi", at end
        if not family(tvb(at + 5, 1):uint()) then return "dst", at + 4 end
    end
    return nil
end

-- Calls visit(action, count, stride, first message) for each section that a receiver hands to a handler. Returns what is
-- wrong and where, or nil, and whether all sections lay one behind the other.
local function walk(tvb, dialect, visit)
    local size = tvb:len()
    if size < HEADER then return "short header", 0 end
    if tvb(0, 1):uint() ~= dialect.version then return "version", 0 end
    if not dialect.subheaders then
        local action, count = action_of(dialect, tvb(2, 1):uint()), tvb(3, 1):uint()
        if tvb(2, 1):uint() >= dialect.max_action then return "action is not assigned", 2 end
        if not action.kind then return nil end
        if action.kind == "CLR" or action.kind == "BUS" then count = 1 end
        local stride = layouts[action.layout].size
        if count * stride > size - HEADER then return "the frame announces more than it has", 0 end
        return visit(action, count, stride, HEADER)
    end
    local announced, stop = tvb(2, 2):uint(), size
    local last = math.huge
    if dialect.bound ~= "UNBOUNDED" then
        if announced > size then return "the header announces more than the packet has", 2 end
        local bound = announced
        if dialect.bound == "TRIMMED" then
            if announced < HEADER then bound = size end
            stop = bound
        end
        last = bound - SUBHEADER
    end
    local at, straight = HEADER, true
    while at <= last do
        if stop - at < SUBHEADER then return "no EOF", at end
        local number, second, count = tvb(at, 1):uint(), tvb(at + 1, 1):uint(), tvb(at + 2, 2):uint()
        local action = action_of(dialect, number)
        local own = action.layout and layouts[action.layout].size or 0
        local stride = dialect.stride and 4 * second or own
        local section = at
        at = at + SUBHEADER
        local assigned = number < dialect.max_action
        local length = count * stride
        local function cut()
            if length > stop - at then return "the section announces more than is left" end
            if length > dialect.longest then return "the section is too long" end
            if length == 0 and stop == at and dialect.refuses_empty_at_end then return "an empty section at the end" end
            return nil
        end
        if dialect.stride and (not assigned or stride < own) then
            if count == 0 or stride == 0 then return "a section that cannot be skipped", section end
            at, straight = at + length, false
        elseif not assigned then
            return "action is not assigned", section
        elseif not action.kind then
            straight = false
            local wrong = cut()
            if dialect.unsupported == "REFUSED" then return "action without a message", section end
            if dialect.unsupported == "IGNORED" then return nil, nil, straight end
            if wrong then return wrong, section end
            if dialect.unsupported == "REFUSED_IF_PRESENT" then return "action without a message", section end
            at = at + length
        elseif action.kind == "EOF" then
            if stop - at ~= dialect.eof then return "EOF is not at the end", section end
            return nil, nil, straight
        else
            local wrong = cut()
            if wrong then
                if action.kind == "BUS" and not dialect.checks_bus and length == 0 then
                    at = at + length
                else
                    return wrong, section
                end
            else
                local text, where = visit(action, count, stride, at)
                if text then return text, where, straight end
                at = at + length
            end
        end
    end
    return nil, nil, straight
end

-- Which dialect a sender speaks --------------------------------------------------------------------------------------

local votes = {}

local function zeros(tvb, from, size)
    for i = from, from + size - 1 do
        if tvb(i, 1):uint() ~= 0 then return false end
    end
    return true
end

-- Whether a frame may be one of a dialect, and whether it has states, whose size tells most.
local function fits(tvb, dialect)
    if dialect.subheaders and tvb(2, 2):uint() ~= tvb:len() then return false end
    if dialect.name == "v6-7.4" and not zeros(tvb, 4, 16) then return false end
    local states = false
    local wrong, _, straight = walk(tvb, dialect, function(action, count, stride, at)
        local layout = layouts[action.layout]
        if stride ~= layout.size then return "stride", at end
        for i = 0, count - 1 do
            local m = at + i * stride
            local text = out_of_range(tvb, dialect, action, m)
            if text then return text, m end
            if action.kind == "INS" or action.kind == "UPD" or action.kind == "DEL" then
                states = true
                local o = layout.at
                local function family(value) return value == INET or value == dialect.inet6 end
                local direction = tvb(m + o.direction, 1):uint()
                if direction < 1 or direction > 2 or not family(tvb(m + o.af, 1):uint())
                    or (o.rt and tvb(m + o.rt, 1):uint() > 4) then return "impossible", m end
                if o.keyaf0 then
                    for _, k in ipairs({ o.keyaf0, o.keyaf1 }) do
                        local af = tvb(m + k, 1):uint()
                        if af ~= 0 and not family(af) then return "impossible", m end
                    end
                end
                for _, f in ipairs(layout.fields) do
                    if f.padding and not zeros(tvb, m + f[2], f[3]) then return "padding", m end
                end
            end
        end
        return nil
    end)
    return not wrong and straight ~= false, states
end

local function find_dialect(tvb, sender, visited, frame)
    local chosen = pfsync.prefs.dialect
    if chosen ~= 0 then return dialects[chosen] end
    local version = tvb(0, 1):uint()
    local key = sender .. " " .. version
    local mine = votes[key]
    if not mine then
        mine = { seen = 0 }
        votes[key] = mine
    end
    if not visited and mine.seen < 256 and tvb:len() >= HEADER then
        for i, d in ipairs(dialects) do
            if d.version == version and d.preferred and fits(tvb, d) then
                mine[i] = (mine[i] or 0) + 1
                votes[i] = (votes[i] or 0) + 1
            end
        end
        mine.seen = mine.seen + 1
    end
    local best
    for _, i in ipairs(preference) do
        if dialects[i].version == version then
            local one, other = mine[i] or 0, best and (mine[best] or 0) or -1
            if one > other or (one == other and (votes[i] or 0) > (votes[best] or 0)) then best = i end
        end
    end
    return best and dialects[best]
end

-- Requests and answers -----------------------------------------------------------------------------------------------

local requests, answers, bulk_start, bulk_of, facts = {}, {}, {}, {}, {}

function pfsync.init()
    votes, requests, answers, bulk_start, bulk_of, facts = {}, {}, {}, {}, {}, {}
end

local function asked(what, name, pinfo)
    requests[what .. name] = { frame = pinfo.number, time = pinfo.abs_ts }
end

local function answered(what, name, pinfo)
    local request = requests[what .. name]
    if request then
        requests[what .. name] = nil
        answers[what .. name .. "@" .. request.frame] = { frame = pinfo.number }
        return { to = request.frame, time = pinfo.abs_ts - request.time }
    end
end

-- What is learned of a message when it is seen for the first time.
local function learn(tvb, at, kind, layout, sender, pinfo)
    local o = layout.at
    local name = (o.id and tostring(tvb(at + o.id, 8)) or "") .. "/" .. (o.creatorid and tostring(tvb(at + o.creatorid, 4)) or "")
    if kind == "UPD_REQ" then
        if name == "0000000000000000/00000000" then
            asked("bulk", "", pinfo)
        else
            asked("upd", name, pinfo)
        end
        return { name = name }
    elseif kind == "UPD" then
        local running = bulk_start[sender]
        if running then running.states = running.states + 1 end
        return answered("upd", name, pinfo)
    elseif kind == "INS" then
        local flags = o.state_flags_size == 2 and tvb(at + o.state_flags, 2):uint() or tvb(at + o.state_flags, 1):uint()
        if bit32.band(flags, 0x10) ~= 0 then asked("ack", name, pinfo) end
    elseif kind == "INS_ACK" then
        return answered("ack", name, pinfo)
    elseif kind == "BUS" then
        local status = tvb(at + o.status, 1):uint()
        if status == 1 then
            bulk_start[sender] = { frame = pinfo.number, time = pinfo.abs_ts, states = 0 }
            return answered("bulk", "", pinfo)
        elseif status == 2 and bulk_start[sender] then
            local start = bulk_start[sender]
            bulk_start[sender] = nil
            return { start = start.frame, took = pinfo.abs_ts - start.time, states = start.states }
        elseif status == 2 then
            return answered("bulk", "", pinfo)
        end
    end
end

local function show_fact(tree, fact, at)
    if not fact then return end
    if fact.to then
        tree:add(f_response_to, fact.to):set_generated()
        tree:add(f_response_time, fact.time):set_generated()
    end
    if fact.start then
        tree:add(f_bulk_start, fact.start):set_generated()
        tree:add(f_bulk_time, fact.took):set_generated()
        tree:add(f_bulk_states, fact.states):set_generated()
    end
end

-- The tree -----------------------------------------------------------------------------------------------------------

local function add_address(tree, name, tvb, at, six)
    if six then
        tree:add(by_name[name .. "_v6"], tvb(at, 16))
        tree:add(f_addr6, tvb(at, 16)):set_hidden()
    else
        tree:add(by_name[name], tvb(at, 4))
        tree:add(f_addr, tvb(at, 4)):set_hidden()
    end
end

-- The family of an address: its key's, else the state's, else what the bytes look like.
local function is_six(tvb, at, layout, field, dialect)
    local o = layout.at
    local af = 0
    if field.key and o["keyaf" .. field.key] then
        af = tvb(at + o["keyaf" .. field.key], 1):uint()
    elseif not field.key and o.rt_af then
        af = tvb(at + o.rt_af, 1):uint()
    end
    if af == 0 and o.af then af = tvb(at + o.af, 1):uint() end
    if af == dialect.inet6 then return true end
    return af ~= INET and not zeros(tvb, at + field[2] + 4, 12)
end

local function add_sockaddr(tree, name, tvb, at, dialect)
    local family = tvb(at + 1, 1):uint()
    tree:add(f_sa_len, tvb(at, 1))
    tree:add(f_sa_family, tvb(at + 1, 1))
    if family == INET then
        add_address(tree, name, tvb, at + 4, false)
    elseif family == dialect.inet6 then
        add_address(tree, name, tvb, at + 8, true)
    end
end

local function add_fields(tree, tvb, at, layout, dialect, there)
    local groups = {}
    for _, f in ipairs(layout.fields) do
        local offset, size, kind = f[2], f[3], f[4]
        if there and offset + size > there then break end
        local name = fields[f[1]][1]
        local place = tree
        if f.group then
            place = groups[f.group]
            if not place then
                place = tree:add(f_group, tvb(at + offset, f.group_size))
                place:set_text(f.group)
                groups[f.group] = place
            end
        end
        if kind == ADDR then
            add_address(place, name, tvb, at + offset, is_six(tvb, at, layout, f, dialect))
        elseif kind == SOCKADDR then
            add_sockaddr(place, name, tvb, at + offset, dialect)
        else
            local item = place:add(by_name[name], tvb(at + offset, size))
            if f.tcp_state and tcp_states[tvb(at + offset, 1):uint()] and layout.at.proto
                and tvb(at + layout.at.proto, 1):uint() == 6 then
                item:append_text(" (" .. tcp_states[tvb(at + offset, 1):uint()] .. ")")
            end
        end
    end
end

local function title(tvb, at, layout, action)
    local o = layout.at
    local text = action.text
    if o.id then
        text = text .. " id " .. tostring(tvb(at + o.id, 8)) .. " creator " .. tostring(tvb(at + o.creatorid, 4))
    elseif o.creatorid then
        text = text .. " creator " .. tostring(tvb(at + o.creatorid, 4))
    end
    return text
end

local function add_message(tree, tvb, at, action, dialect, context)
    local layout = layouts[action.layout]
    local item = tree:add(f_message, tvb(at, layout.size))
    item:set_text(title(tvb, at, layout, action))
    add_fields(item, tvb, at, layout, dialect)
    local key = context.pinfo.number .. ":" .. at
    if not context.pinfo.visited then
        facts[key] = learn(tvb, at, action.kind, layout, context.sender, context.pinfo)
    end
    show_fact(item, facts[key], at)
    local o = layout.at
    if o.id and (action.kind == "UPD_REQ" or action.kind == "INS") then
        local name = tostring(tvb(at + o.id, 8)) .. "/" .. tostring(tvb(at + o.creatorid, 4))
        local what = action.kind == "INS" and "ack" or "upd"
        if name == "0000000000000000/00000000" then what, name = "bulk", "" end
        local answer = answers[what .. name .. "@" .. context.pinfo.number]
        if answer then item:add(f_response_in, answer.frame):set_generated() end
    end
    local wrong, where = out_of_range(tvb, dialect, action, at)
    if wrong then
        item:add_tvb_expert_info(e_range, tvb(where, 1), wrong .. " is out of range")
    end
end

local function add_messages(tree, tvb, action, count, stride, at, stop, dialect, context)
    local layout = action.layout and layouts[action.layout]
    local size = math.min(count * stride, stop - at)
    if not layout or stride < layout.size then
        if size > 0 then tree:add(f_unknown, tvb(at, size)) end
        return size
    end
    local taken = 0
    while stride > 0 and taken + layout.size <= size do
        add_message(tree, tvb, at + taken, action, dialect, context)
        taken = taken + stride
    end
    if size > taken then tree:add(f_cut, tvb(at + taken, size - taken)) end
    return size
end

local function add_sections(tree, tvb, dialect, context)
    local size = tvb:len()
    local bound, stop = size, size
    if dialect.bound ~= "UNBOUNDED" then
        local announced = tvb(2, 2):uint()
        bound = math.min(size, announced)
        if dialect.bound == "TRIMMED" then
            if announced < HEADER then bound = size end
            stop = bound
        end
    end
    local at = HEADER
    while at <= bound - SUBHEADER do
        local number, second, count = tvb(at, 1):uint(), tvb(at + 1, 1):uint(), tvb(at + 2, 2):uint()
        local action = action_of(dialect, number)
        local section = tree:add(f_section, tvb(at, SUBHEADER))
        section:set_text(action.text .. " count " .. count)
        add_fields(section, tvb, at, layouts[dialect.subheader], dialect)
        context.summary[#context.summary + 1] = action.text .. " x" .. count
        at = at + SUBHEADER
        local length
        if action.kind == "EOF" then
            length = math.min(layouts[action.layout].size, size - at)
            if length > 0 then section:add(by_name["pfsync.hmac"], tvb(at, length)) end
        else
            local own = action.layout and layouts[action.layout].size or 0
            length = add_messages(section, tvb, action, count, dialect.stride and 4 * second or own, at, stop, dialect, context)
        end
        section:set_len(SUBHEADER + length)
        at = at + length
        if action.kind == "EOF" then break end
    end
    return at
end

local function add_list(tree, tvb, dialect, context)
    local action, count = action_of(dialect, tvb(2, 1):uint()), tvb(3, 1):uint()
    context.summary[1] = action.text .. " x" .. count
    if action.kind == "CLR" or action.kind == "BUS" then count = 1 end
    local own = action.layout and layouts[action.layout].size or 0
    return HEADER + add_messages(tree, tvb, action, count, own, HEADER, tvb:len(), dialect, context)
end

function pfsync.dissector(tvb, pinfo, root)
    pinfo.cols.protocol = "PFSYNC"
    local tree = root:add(pfsync, tvb())
    local source = ip_src() or ip_src6()
    local sender = source and tostring(source.value) or ""
    if tvb:len() == 0 then return 0 end
    local dialect = find_dialect(tvb, sender, pinfo.visited, pinfo.number)
    if not dialect then
        tree:add_proto_expert_info(e_version)
        return tvb:len()
    end
    tree:append_text(" version " .. tvb(0, 1):uint() .. " (" .. dialect.name .. ")")
    tree:add(f_dialect, dialect.name):set_generated()
    add_fields(tree, tvb, 0, layouts[dialect.header], dialect, math.min(HEADER, tvb:len()))
    local ttl = ip_ttl() or ip_hlim()
    if ttl and ttl.value ~= TTL then tree:add_proto_expert_info(e_ttl) end
    local context = { pinfo = pinfo, sender = sender, summary = {} }
    local at = math.min(HEADER, tvb:len())
    if tvb:len() >= HEADER then
        at = dialect.subheaders and add_sections(tree, tvb, dialect, context) or add_list(tree, tvb, dialect, context)
    end
    if at < tvb:len() then tree:add(f_trailing, tvb(at)) end
    local wrong, where = walk(tvb, dialect, function() return nil end)
    if wrong then
        tree:add_tvb_expert_info(e_malformed, tvb(math.min(where, tvb:len() - 1), 1), wrong)
    end
    pinfo.cols.info = "v" .. tvb(0, 1):uint() .. "  " .. table.concat(context.summary, ", ")
    return tvb:len()
end

DissectorTable.get("ip.proto"):add(240, pfsync)
