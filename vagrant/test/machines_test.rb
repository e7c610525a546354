# frozen_string_literal: true

require "minitest/autorun"
require_relative "../machines"
require_relative "recorder"

# What Vagrant is told, with both providers.
class MachinesTest < Minitest::Test
  LAB = PfsyncLab::Reader.read(File.join(__dir__, "..", "lab.yaml"))

  def setup
    @config = Recorder.new
    PfsyncMachines.new(LAB, "ssh-ed25519 AAAA lab").define(@config)
    @defined = @config.vm.all("define")
    @machine = @defined.first.inside.first
  end

  # What the block of a provider sets, and what it overrides in the machine.
  def provider(name)
    @machine.vm.all("provider").find { |call| call.arguments == [name] }.inside
  end

  def networks(override)
    override.vm.all("network").map do |call|
      assert_equal :private_network, call.arguments.first
      call.arguments.last
    end
  end

  def test_every_firewall_is_a_machine_and_a_third_waits_until_it_is_asked_for
    assert_equal [["a", { primary: true, autostart: true }], ["b", { primary: false, autostart: true }]],
                 @defined.map(&:arguments)
    lab = PfsyncLab::Lab.new(LAB.values, LAB.firewalls + [PfsyncLab::Firewall.new("c", 2, LAB.firewalls.first.values)])
    config = Recorder.new
    PfsyncMachines.new(lab, "").define(config)
    assert_equal ["c", { primary: false, autostart: false }], config.vm.all("define").last.arguments
  end

  def test_nothing_of_this_machine_is_shared
    assert_equal [[".", "/vagrant", { disabled: true }]], @config.vm.all("synced_folder").map(&:arguments)
  end

  def test_the_guest_is_spoken_to_as_openbsd
    assert_equal "generic/openbsd7", @machine.vm.set("box")
    assert_equal "sh", @config.ssh.set("shell")
    assert_equal "sudo -E -H %c", @machine.ssh.set("sudo_command")
    assert_nil @machine.vm.set("box_version")
  end

  def test_libvirt_makes_three_lans_without_an_address_of_the_host
    libvirt, override = provider(:libvirt)
    assert_equal [512, 1, "e1000"], [libvirt.set("memory"), libvirt.set("cpus"), libvirt.set("nic_model_type")]
    found = networks(override)
    assert_equal %w[pfsync-sync pfsync-inside pfsync-outside], found.map { |each| each[:libvirt__network_name] }
    found.each do |network|
      assert_equal ["veryisolated", false, false, nil],
                   network.values_at(:libvirt__forward_mode, :libvirt__dhcp_enabled, :auto_config, :ip)
    end
  end

  def test_virtualbox_makes_three_lans_whose_cards_hear_the_address_of_carp
    box, override = provider(:virtualbox)
    assert_equal [512, 1], [box.set("memory"), box.set("cpus")]
    found = networks(override)
    assert_equal [%w[10.9.0.11 10.9.0.254], %w[192.0.2.11 192.0.2.254], %w[198.51.100.11 198.51.100.254]],
                 found.map { |each| each.values_at(:ip, :adapter_ip) }
    assert_equal [false], found.map { |each| each[:auto_config] }.uniq
    cards = box.all("customize").map { |call| call.arguments.first.drop(2) }
    (1..4).each { |card| assert_includes cards, ["--nictype#{card}", "82540EM"] }
    (2..4).each { |card| assert_includes cards, ["--nicpromisc#{card}", "allow-all"] }
    refute_includes cards, ["--nicpromisc1", "allow-all"]
  end

  def test_the_other_driver_is_another_card
    lab = PfsyncLab::Lab.new(LAB.values.merge("nic" => "vio"), LAB.firewalls)
    @config = Recorder.new
    PfsyncMachines.new(lab, "").define(@config)
    @machine = @config.vm.all("define").first.inside.first
    assert_equal "virtio", provider(:libvirt).first.set("nic_model_type")
    assert_includes provider(:virtualbox).first.all("customize").map { |call| call.arguments.first.drop(2) },
                    ["--nictype2", "virtio"]
  end

  def test_provisioning_is_told_the_addresses_and_the_order_of_carp
    told = @defined.map do |call|
      provision = call.inside.first.vm.all("provision").first.arguments
      assert_equal "shell", provision.first
      assert_path_exists provision.last[:path]
      provision.last[:env]
    end
    assert_equal [%w[fw-a 10.9.0.11 0], %w[fw-b 10.9.0.12 100]],
                 told.map { |each| each.values_at("LAB_HOSTNAME", "LAB_SYNC", "LAB_ADVSKEW") }
    assert_equal ["192.0.2.1"], told.map { |each| each["LAB_CARP_INSIDE"] }.uniq
    assert_equal ["ssh-ed25519 AAAA lab"], told.map { |each| each["LAB_KEY"] }.uniq
  end
end
