# frozen_string_literal: true

require "minitest/autorun"
require "tmpdir"
require_relative "../lab_file"

# The description of the lab, and the lab file made of it.
class LabTest < Minitest::Test
  SHIPPED = File.join(__dir__, "..", "lab.yaml")

  # "with": text of the shipped file by what is put in its place.
  def read(with = {})
    Dir.mktmpdir do |folder|
      path = File.join(folder, "lab.yaml")
      text = with.reduce(File.read(SHIPPED)) do |so_far, (old, new)|
        assert_includes so_far, old
        so_far.sub(old, new)
      end
      File.write(path, text)
      return PfsyncLab::Reader.read(path)
    end
  end

  def mistake(with)
    found = assert_raises(PfsyncLab::Mistake) { read(with) }.message
    refute_includes found, "\n"
    found.sub(%r{\A.*/lab\.yaml}, "lab.yaml")
  end

  def third
    { "# c: {number: 13" => "  c: {number: 13" }
  end

  def test_the_shipped_file_has_two_firewalls
    lab = read
    assert_equal %w[a b], lab.firewalls.map(&:name)
    assert_equal %w[10.9.0.11 10.9.0.12], lab.firewalls.map { |each| lab.address("sync", each["number"]) }
    assert_equal "2001:db8:2::1", lab.address("outside6", 1)
  end

  def test_a_third_firewall_has_its_own_box_and_release_and_not_the_box_version_of_the_others
    lab = read(third.merge("release: auto" => "release: openbsd-7.4\nbox-version: '4.3.12'"))
    assert_equal %w[openbsd-7.4 openbsd-7.4 openbsd-7.9], lab.firewalls.map { |each| each["release"] }
    assert_equal ["4.3.12", "4.3.12", ""], lab.firewalls.map { |each| each["box-version"] }
    assert_equal %w[sudo sudo doas], lab.firewalls.map { |each| each["become"] }
  end

  def test_two_releases_are_auto_in_the_lab_file_and_one_is_itself
    lab = read(third.merge("release: auto" => "release: openbsd-7.4"))
    assert_equal "openbsd-7.4", PfsyncLabFile.new(lab, %w[a b]).release
    assert_equal "auto", PfsyncLabFile.new(lab, %w[a c]).release
  end

  def test_the_lab_file_has_the_keys_of_the_one_for_namespaces
    text = PfsyncLabFile.new(read, %w[a b]).text(%w[192.168.121.5:22 127.0.0.1:2200],
                                                 { "sync" => "virbr1", "inside" => "virbr2", "outside" => "virbr3" })
    written = Psych.safe_load(text)
    example = Psych.safe_load(File.read(File.join(__dir__, "..", "..", "fixtures", "labs", "netns.yaml")))
    assert_equal shape(example), shape(written)
    assert_equal "ssh://root@192.168.121.5", written["firewalls"]["a"]["console"]
    assert_equal "ssh://root@127.0.0.1:2200", written["firewalls"]["b"]["console"]
    assert_equal({ "interface" => "virbr2", "network" => "192.0.2.0/24" }, written["inside"])
    assert_equal({ "interface" => "virbr1", "address" => "10.9.0.254" }, written["sync"])
  end

  def shape(value)
    value.is_a?(Hash) ? value.to_h { |key, inner| [key, shape(inner)] } : value.class
  end

  MISTAKES = {
    { "nic: em " => "nick: em" } => /\Alab\.yaml:5: unknown key "nick" of the lab; known: box, /,
    { "nic: em " => "nic: re " } => 'lab.yaml:5: "nic" is to be one of em, vio',
    { "memory: 512" => "memory: 64" } => 'lab.yaml:6: "memory" is to be a number from 256 to 65536',
    { "cpus: 1" => "cpus: one" } => 'lab.yaml:7: "cpus" is to be a number from 1 to 64',
    { "become: sudo" => "become: su" } => 'lab.yaml:4: "become" is to be one of sudo, doas',
    { "defer: false" => "defer: 1" } => 'lab.yaml:10: "defer" is to be one of false, true',
    { "time-factor: 2.0" => "time-factor: 0" } => 'lab.yaml:9: "time-factor" is to be a number from 1 to 100',
    { "mode: full" => "mode: fast" } => 'lab.yaml:8: "mode" is to be one of full, safe, read-only',
    { "pfsync-lab\n" => "'a b'\n" } => 'lab.yaml:11: "carp-password" is to be at most 19 characters without blanks and quotes',
    { "10.9.0.0/24" => "10.9.0.0/16" } => 'lab.yaml:12: "sync" is to be an IPv4 network as 10.9.0.0/24',
    { "10.9.0.0/24" => "10.999.0.0/24" } => 'lab.yaml:12: "sync" is to be an IPv4 network as 10.9.0.0/24',
    { "2001:db8:1::/64" => "2001:::/64" } => 'lab.yaml:14: "inside6" is to be an IPv6 network as 2001:db8:1::/64',
    { "198.51.100.0/24" => "192.0.2.0/24" } => "lab.yaml:15: outside is the network of inside",
    { "cpus: 1" => "cpus: 1\ncpus: 2" } => 'lab.yaml:8: "cpus" is there twice',
    { "cpus: 1" => "cpus: !ruby/object:Object {}" } => 'lab.yaml:7: "cpus" is to be a number from 1 to 64',
    { "number: 12" => "number: 11" } => "lab.yaml:19: b has the number of a: every firewall its own",
    { "number: 12" => "number: 1" } => 'lab.yaml:19: "number" is to be a number from 2 to 253',
    { "{number: 12}" => "{}" } => 'lab.yaml:19: "number" is missing: a number from 2 to 253',
    { "{number: 12}" => "12" } => 'lab.yaml:19: firewall b: a mapping ("key: value") is needed',
    { "b: {number" => "B b: {number" } => 'lab.yaml:19: "B b" is no name for a firewall: small letters and digits',
    { "  b: {number" => "# b: {number" } => "lab.yaml:18: two or three firewalls are needed, here are 1",
    { "box: generic/openbsd7" => "" } => 'lab.yaml: "box" is missing: the name of a box',
    { "cpus: 1" => "cpus: [" } => /\Alab\.yaml:\d+: no YAML: /
  }.freeze

  def test_mistakes_are_one_line_with_the_place_and_what_would_be_right
    MISTAKES.each { |with, expected| assert_operator expected, :===, mistake(with), with.to_s }
  end

  def test_a_file_that_is_not_there_is_one_line
    found = assert_raises(PfsyncLab::Mistake) { PfsyncLab::Reader.read("/nowhere/lab.yaml") }
    assert_equal "/nowhere/lab.yaml: cannot be read", found.message
  end
end
