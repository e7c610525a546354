# frozen_string_literal: true

require "minitest/autorun"
require "vagrant"

# The Vagrantfile as Vagrant itself understands it. Neither VirtualBox nor a box is needed for that.
class VagrantTest < Minitest::Test
  ENVIRONMENT = Vagrant::Environment.new(cwd: File.join(__dir__, ".."), ui_class: Vagrant::UI::Silent)

  def config(machine, provider)
    ENVIRONMENT.vagrantfile.machine_config(machine, provider, nil, nil, false)[:config]
  end

  def lans(config)
    config.vm.networks.select { |type, _| type == :private_network }.map(&:last)
  end

  def test_virtualbox_has_three_host_only_networks
    found = config(:b, :virtualbox)
    assert_equal %w[10.9.0.12 192.0.2.12 198.51.100.12], lans(found).map { |each| each[:ip] }.sort
    assert_includes found.vm.get_provider_config(:virtualbox).customizations,
                    ["pre-boot", ["modifyvm", :id, "--nicpromisc4", "allow-all"]]
  end

  def test_libvirt_has_three_isolated_networks
    skip "vagrant-libvirt is not installed" unless Vagrant.plugin("2").manager.providers.key?(:libvirt)
    found = config(:a, :libvirt)
    assert_equal %w[pfsync-inside pfsync-outside pfsync-sync], lans(found).map { |each| each[:libvirt__network_name] }.sort
    assert_equal "e1000", found.vm.get_provider_config(:libvirt).nic_model_type
  end
end
