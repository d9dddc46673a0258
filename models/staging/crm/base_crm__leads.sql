{{ crm_warehouse.judged('crm', 'leads') }}
