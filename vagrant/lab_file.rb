# frozen_string_literal: true

# What ci/vagrant-lab asks about lab.yaml:
#
#   ruby lab_file.rb LAB.yaml names                the firewalls, a line each
#   ruby lab_file.rb LAB.yaml environment NAME     what provision.sh of that firewall is told, "KEY=value"
#   ruby lab_file.rb LAB.yaml write A HOST:PORT B HOST:PORT SYNC INSIDE OUTSIDE
#                                                  the lab file of two of them; the last three are interfaces of this machine
#
# A mistake is one line, and exit code 2.

require_relative "machines"

# The lab file of two firewalls in the format of fixtures/labs. The key and the known hosts are beside it.
class PfsyncLabFile
  # The last number of the probe's address; no firewall can have it.
  PROBE = 254

  def initialize(lab, names)
    @lab = lab
    @pair = names.map do |name|
      lab.firewalls.find { |firewall| firewall.name == name } ||
        raise(PfsyncLab::Mistake, "no firewall \"#{name}\" in the lab; there are #{lab.firewalls.map(&:name).join(', ')}")
    end
  end

  # Two releases have no name in common: the firewalls are asked.
  def release
    releases = @pair.map { |firewall| firewall["release"] }.uniq
    releases.size == 1 ? releases.first : "auto"
  end

  # consoles: "HOST:PORT" of each; interfaces: of this machine, by LAN.
  def text(consoles, interfaces)
    content = { "name" => "OpenBSD in Vagrant, #{@pair.map(&:name).join(' and ')}", "release" => release,
                "mode" => @lab["mode"], "sync" => { "interface" => interfaces.fetch("sync"), "address" => @lab.address("sync", PROBE) } }
    %w[inside outside].each do |lan|
      content[lan] = { "interface" => interfaces.fetch(lan), "network" => @lab[lan] }
    end
    content["time-factor"] = @lab["time-factor"].to_f
    content["firewalls"] = @pair.zip(consoles).to_h { |firewall, console| [firewall.name, firewall(firewall, console)] }
    "# Written by ci/vagrant-lab up; files are looked for beside this one.\n#{Psych.dump(content).delete_prefix("---\n")}"
  end

  private

  def firewall(firewall, console)
    { "console" => "ssh://root@#{console.delete_suffix(':22')}", "key" => "id", "known-hosts" => "known_hosts",
      "sync-address" => @lab.address("sync", firewall["number"]), "sync-interface" => "#{@lab['nic']}1" }
  end
end

if $PROGRAM_NAME == __FILE__
  begin
    path, verb, *rest = ARGV
    lab = PfsyncLab::Reader.read(path)
    case verb
    when "names"
      puts lab.firewalls.map(&:name)
    when "environment"
      firewall = lab.firewalls.find { |each| each.name == rest.first }
      puts(PfsyncMachines.new(lab, "").environment(firewall).map { |name, value| "#{name}=#{value}" })
    when "write"
      one, console, other, second, *interfaces = rest
      puts PfsyncLabFile.new(lab, [one, other]).text([console, second], PfsyncMachines::LANS.zip(interfaces).to_h)
    else
      raise PfsyncLab::Mistake, "names, environment or write is needed"
    end
  rescue PfsyncLab::Mistake => e
    warn e.message
    exit 2
  end
end
