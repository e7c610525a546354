# frozen_string_literal: true

require "ipaddr"
require "psych"

# The machines of the lab as vagrant/lab.yaml describes them.
module PfsyncLab
  # What is wrong with a description, in one line: where, what, and what would be right.
  class Mistake < StandardError; end

  # One key: what its value has to be, in words and as a test, and what it is if it is not there (nil: it has to be).
  Key = Struct.new(:words, :test, :default)

  ONE_WORD = ->(value) { value.is_a?(String) && value.match?(/\A[^\s"'`$\\]+\z/) }
  NETWORK = lambda do |value|
    value.is_a?(String) && value.match?(%r{\A\d+\.\d+\.\d+\.0/24\z}) && !IPAddr.new(value).nil?
  rescue IPAddr::Error
    false
  end
  NETWORK6 = lambda do |value|
    value.is_a?(String) && value.match?(%r{\A[0-9a-f:]+::/64\z}) && IPAddr.new(value).ipv6?
  rescue IPAddr::Error
    false
  end

  def self.one_of(*values)
    Key.new("one of #{values.join(', ')}", ->(value) { values.include?(value) }, values.first)
  end

  def self.number(from, to, default)
    Key.new("a number from #{from} to #{to}", ->(value) { value.is_a?(Integer) && value.between?(from, to) }, default)
  end

  # What a machine may have of its own.
  OF_A_MACHINE = {
    "box" => Key.new("the name of a box", ONE_WORD, nil),
    "box-version" => Key.new("a version in quotes", ONE_WORD, ""),
    "release" => Key.new("a release, or auto", ONE_WORD, "auto"),
    "become" => one_of("sudo", "doas")
  }.freeze

  OF_THE_LAB = OF_A_MACHINE.merge(
    "nic" => one_of("em", "vio"),
    "memory" => number(256, 65_536, 512),
    "cpus" => number(1, 64, 1),
    "mode" => one_of("full", "safe", "read-only"),
    "time-factor" => Key.new("a number from 1 to 100",
                             ->(value) { value.is_a?(Numeric) && value.between?(1, 100) }, 2.0),
    "defer" => one_of(false, true),
    "carp-password" => Key.new("at most 19 characters without blanks and quotes",
                               ->(value) { ONE_WORD.call(value) && value.length <= 19 }, "pfsync-lab"),
    "sync" => Key.new("an IPv4 network as 10.9.0.0/24", NETWORK, "10.9.0.0/24"),
    "inside" => Key.new("an IPv4 network as 192.0.2.0/24", NETWORK, "192.0.2.0/24"),
    "outside" => Key.new("an IPv4 network as 198.51.100.0/24", NETWORK, "198.51.100.0/24"),
    "inside6" => Key.new("an IPv6 network as 2001:db8:1::/64", NETWORK6, "2001:db8:1::/64"),
    "outside6" => Key.new("an IPv6 network as 2001:db8:2::/64", NETWORK6, "2001:db8:2::/64")
  ).freeze

  # .1 is CARP's and .254 the host's.
  NUMBER = Key.new("a number from 2 to 253", ->(value) { value.is_a?(Integer) && value.between?(2, 253) }, nil)
  NAME = /\A[a-z][a-z0-9]{0,14}\z/.freeze

  # A firewall: its place in CARP's order (0 is the master), and the values of its keys.
  Firewall = Struct.new(:name, :rank, :values) do
    def [](key)
      values.fetch(key)
    end
  end

  # The whole: values by key, firewalls in their order.
  Lab = Struct.new(:values, :firewalls) do
    def [](key)
      values.fetch(key)
    end

    # The address with this last number in one of the networks.
    def address(network, number)
      self[network].sub(%r{0/24\z}, number.to_s).sub(%r{/64\z}, number.to_s)
    end
  end

  # Reads a description.
  class Reader
    def self.read(path)
      new(path).lab
    end

    def initialize(path)
      @path = path
      @tree = Psych.parse(File.read(path), filename: path)
    rescue SystemCallError
      raise Mistake, "#{path}: cannot be read"
    rescue Psych::SyntaxError => e
      raise Mistake, "#{path}:#{e.line}: no YAML: #{e.problem}"
    end

    def lab
      pairs = pairs_of(@tree ? @tree.root : nil, "the lab", OF_THE_LAB.keys + ["firewalls"])
      values = values_of(pairs, OF_THE_LAB, {})
      clash(pairs, values)
      Lab.new(values, firewalls(pairs["firewalls"], values))
    end

    private

    def firewalls(node, shared)
      names = pairs_of(node, "firewalls", nil)
      wrong(node, "two or three firewalls are needed, here are #{names.size}") unless names.size.between?(2, 3)
      numbers = {}
      names.each_with_index.map do |(name, own), rank|
        wrong(own, "\"#{name}\" is no name for a firewall: small letters and digits") unless name.match?(NAME)
        firewall(name, rank, own, shared, numbers)
      end
    end

    def firewall(name, rank, node, shared, numbers)
      pairs = pairs_of(node, "firewall #{name}", OF_A_MACHINE.keys + ["number"])
      inherited = OF_A_MACHINE.to_h { |key, _| [key, shared[key]] }
      # Another box is another version of it and another release until it says so.
      inherited.merge!("box-version" => "", "release" => "auto") if pairs.key?("box")
      values = values_of(pairs, OF_A_MACHINE.merge("number" => NUMBER), inherited, node)
      other = numbers[values["number"]]
      wrong(pairs["number"], "#{name} has the number of #{other}: every firewall its own") if other
      numbers[values["number"]] = name
      Firewall.new(name, rank, values)
    end

    def clash(pairs, values)
      %w[sync inside outside inside6 outside6].combination(2) do |one, two|
        wrong(pairs[two] || pairs[one], "#{two} is the network of #{one}") if values[one] == values[two]
      end
    end

    def values_of(pairs, keys, inherited, node = nil)
      keys.to_h do |name, key|
        given = pairs[name]
        value = given ? plain(given) : inherited.fetch(name, key.default)
        wrong(node, "\"#{name}\" is missing: #{key.words}") if value.nil? && given.nil?
        wrong(given, "\"#{name}\" is to be #{key.words}") if given && !key.test.call(value)
        [name, value]
      end
    end

    # The value of a scalar; nil for whatever else is there, tags for other classes included.
    def plain(node)
      node.to_ruby if node.is_a?(Psych::Nodes::Scalar) && node.tag.nil?
    end

    # The nodes of a mapping by key; known are the keys it may have, nil for any.
    def pairs_of(node, what, known)
      wrong(node, "#{what}: a mapping (\"key: value\") is needed") unless node.is_a?(Psych::Nodes::Mapping)
      node.children.each_slice(2).each_with_object({}) do |(key, value), pairs|
        name = key.is_a?(Psych::Nodes::Scalar) ? key.value : "?"
        wrong(key, "unknown key \"#{name}\" of #{what}; known: #{known.join(', ')}") if known && !known.include?(name)
        wrong(key, "\"#{name}\" is there twice") if pairs.key?(name)
        pairs[name] = value
      end
    end

    def wrong(node, text)
      raise Mistake, node ? "#{@path}:#{node.start_line + 1}: #{text}" : "#{@path}: #{text}"
    end
  end
end
